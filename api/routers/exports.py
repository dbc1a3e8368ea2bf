"""Lists taken out as files: ordered, made by a job, fetched by their owner."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus

from fastapi import APIRouter
from fastapi.responses import FileResponse

from api.conduct.desk import At, AtOnce
from api.conduct.keys import OnceRoute
from api.deps import Ref
from api.ports import Uploads
from api.routers.jobs import accepted
from api.schemas.exports import ExportThis
from api.schemas.jobs import JobAnswer
from graph.services.export_files import fetch_export, order_list
from graph.services.export_formats import FORMATS

router = APIRouter(tags=["jobs"], route_class=OnceRoute)


@router.post("/exports", status_code=HTTPStatus.ACCEPTED)
def make_export(at: AtOnce, wanted: ExportThis) -> JobAnswer:
    """Have a list written into a file, by a job."""
    row = order_list(
        at.caller,
        at.store,
        name=wanted.list,
        format_name=wanted.format,
        tip=wanted.tip,
        originals=wanted.originals,
        given_to=wanted.given_to,
    )
    return accepted(at, row)


@router.get(
    "/exports/{job}/file",
    response_class=FileResponse,
    responses={
        200: {
            "content": {name: {} for name in sorted({one.media_type for one in FORMATS.values()})},
            "description": "The file.",
            "headers": {
                "Content-Disposition": {"schema": {"type": "string"}},
                "Repr-Digest": {"schema": {"type": "string"}},
            },
        }
    },
)
def export_file(at: At, job: Ref, uploads: Uploads) -> FileResponse:
    """The file of an export of yours, under the rights that you have now."""
    found = fetch_export(
        at.caller,
        at.store,
        key=job,
        records=partial(uploads.records_of_export, job),
        reads=at.reads,
    )
    made_up = "SYNTHETIC-" if found.manifest.synthetic else ""
    return FileResponse(
        uploads.export(job, found.fence),
        media_type=found.format.media_type,
        filename=f"crosstip-{made_up}{found.manifest.list}-{job[:8]}.{found.format.suffix}",
        headers={"Repr-Digest": f"sha-256=:{found.digest}:"},
    )
