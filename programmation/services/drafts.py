"""Writing a proposal: started once, saved at each step, complete or not; nobody overwrites anybody."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from actors.models import Organisation
from actors.services import change_organisation
from asv_platform.audit.services import record
from asv_platform.common.errors import DomainError, StaleEdit
from asv_platform.territories.editing import lock
from programmation.enums import CallState
from programmation.models import Call, Proposal, ProposalPiece
from programmation.selectors.draft import Draft
from programmation.selectors.steps import COLUMNS, MANY, row_values, step_token, stored_rows
from programmation.workflow import EDITABLE_BY_PARTNER


class CallNotOpen(DomainError):
    """No proposal can be started: the call is not open."""

    def __init__(self, state: CallState) -> None:
        closed = "L’appel est clos : il n’est plus possible de commencer une proposition."
        early = "L’appel n’est pas encore ouvert : revenez à la date d’ouverture."
        super().__init__(closed if state == CallState.CLOSED else early)


class NoLongerEditable(DomainError):
    """The proposal was filed or decided: its content is frozen."""

    def __init__(self) -> None:
        super().__init__("Ce dossier est déposé : son contenu ne peut plus être modifié.")


@transaction.atomic
def start_proposal(*, call: Call, organisation: Organisation, by, at: dt.datetime) -> Proposal:
    """The draft of this organisation for this call: the one that exists, or a new one. Raises CallNotOpen."""
    drafts = Proposal.objects.drafts().filter(call=call, organisation=organisation)
    if found := drafts.first():
        return found
    state = call.state_at(at)
    if not state.accepts_filing:
        raise CallNotOpen(state)
    draft = Proposal(
        asv_id=call.asv_id,
        call=call,
        organisation=organisation,
        created_by=by,
        signatory=organisation.legal_representative,
        signatory_function=organisation.legal_representative_function,
    )
    try:
        with transaction.atomic():
            draft.save()
    except IntegrityError:
        # Two clicks at the same time: the constraint kept one draft.
        return drafts.get()
    record("proposal.started", by=by, subject=draft)
    return draft


def _while_written(proposal: Proposal) -> Proposal:
    """The proposal as stored, locked; raises NoLongerEditable once it is filed."""
    fresh = lock(proposal)
    if fresh.state not in EDITABLE_BY_PARTNER:
        raise NoLongerEditable
    return fresh


@transaction.atomic
def save_structure(*, proposal: Proposal, by, version: int | None, fields: dict[str, Any]) -> Organisation:
    """Save the record of the organisation that writes this proposal: what was filed stays as it was filed.

    Raises NoLongerEditable, StaleEdit or ValidationError.
    """
    organisation = _while_written(proposal).organisation
    return change_organisation(organisation=organisation, by=by, version=version, **fields)


@transaction.atomic
def save_step(
    *, proposal: Proposal, step: str, token: str | None, fields: dict[str, Any], rows: Sequence[Any] | None = None
) -> Proposal:
    """Save what one step holds, blanks included; the rows given replace those of the step.

    ``token`` is what the step held when the person opened it: raises StaleEdit when somebody changed this very step
    meanwhile, unless it now says what is sent. Nothing goes to the history: it keeps what is filed. Raises
    NoLongerEditable or ValidationError.
    """
    fresh = _while_written(proposal)
    draft = Draft(fresh)
    if token is not None and token != step_token(draft, step):
        if _holds(draft, step, fields, rows):
            return fresh
        raise StaleEdit
    many = MANY & fields.keys()
    plain = fields.keys() - many
    for name in plain:
        setattr(fresh, name, fields[name])
    fresh.clean_fields(exclude=COLUMNS.keys() - plain)
    fresh.version += 1
    fresh.save_without_historical_record()  # type: ignore[attr-defined]
    for name in many:
        if {row.pk for row in getattr(draft, name)} != {row.pk for row in fields[name]}:
            getattr(fresh, name).set(fields[name])
    if rows is not None:
        _replace(draft, step, rows)
    return fresh


def _holds(draft: Draft, step: str, fields: dict[str, Any], rows: Sequence[Any] | None) -> bool:
    """Whether the step already says what is sent: the answer of a first sending was lost, or somebody agrees."""
    stored = {
        name: {row.pk for row in getattr(draft, name)} if name in MANY else getattr(draft.proposal, name)
        for name in fields
    }
    sent = {name: {row.pk for row in value} if name in MANY else value for name, value in fields.items()}
    return stored == sent and (rows is None or row_values(step, stored_rows(draft, step)) == row_values(step, rows))


def _replace(draft: Draft, step: str, rows: Sequence[Any]) -> None:
    stored = stored_rows(draft, step)
    if row_values(step, stored) == row_values(step, rows):
        return
    for position, row in enumerate(rows):
        row.asv_id, row.proposal = draft.proposal.asv_id, draft.proposal
        if hasattr(row, "position"):
            row.position = position
        row.clean_fields(exclude=["asv", "proposal", "funder"])
    if stored:
        type(stored[0]).objects.filter(proposal=draft.proposal).delete()
    if rows:
        type(rows[0]).objects.bulk_create(rows)


@transaction.atomic
def add_piece(
    *, proposal: Proposal, kind: str, file: UploadedFile, by, valid_until: dt.date | None = None
) -> ProposalPiece:
    """Join a checked file to a proposal being written; a piece of the same kind is kept beside it."""
    fresh = _while_written(proposal)
    piece = ProposalPiece(
        asv_id=fresh.asv_id,
        proposal=fresh,
        kind=kind,
        file=file,
        name=(file.name or "piece")[-200:],
        size=file.size or 0,
        valid_until=valid_until,
        added_by=by,
    )
    piece.save()
    record("proposal.piece_added", by=by, subject=fresh, kind=kind)
    return piece


@transaction.atomic
def remove_piece(*, piece: ProposalPiece, by) -> Proposal:
    """Take a piece off a proposal being written; the file goes with the last row that points to it."""
    fresh = _while_written(piece.proposal)
    name, storage = str(piece.file.name), piece.file.storage
    record("proposal.piece_removed", by=by, subject=fresh, kind=piece.kind)
    piece.delete()
    if not ProposalPiece.objects.filter(file=name).exists():
        transaction.on_commit(lambda: storage.delete(name))
    return fresh


@transaction.atomic
def reuse_pieces(*, proposal: Proposal, by, on: dt.date) -> int:
    """Join again the pieces of the organisation's earlier proposals that are asked, valid, and not joined yet.

    Returns how many were joined. The file is shared, not copied.
    """
    fresh = _while_written(proposal)
    present = set(fresh.pieces.values_list("kind", flat=True))
    rows = []
    for piece in reusable_pieces(fresh, on=on):
        if piece.kind in present:
            continue
        present.add(piece.kind)
        rows.append(
            ProposalPiece(
                asv_id=fresh.asv_id, proposal=fresh, kind=piece.kind, file=piece.file.name, name=piece.name,
                size=piece.size, valid_until=piece.valid_until, added_by=by,
            )
        )  # fmt: skip
    ProposalPiece.objects.bulk_create(rows)
    if rows:
        record("proposal.pieces_reused", by=by, subject=fresh, count=len(rows))
    return len(rows)


def reusable_pieces(proposal: Proposal, *, on: dt.date) -> list[ProposalPiece]:
    """The pieces asked by the call that the organisation has given elsewhere and that are still valid, newest first."""
    earlier = ProposalPiece.objects.filter(
        proposal__organisation_id=proposal.organisation_id, kind__in=proposal.call.pieces
    ).exclude(proposal=proposal)
    return [row for row in earlier.order_by("-pk") if row.valid_until is None or row.valid_until >= on]
