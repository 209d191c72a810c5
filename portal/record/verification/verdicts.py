"""
What somebody shows, held against the record.

Nothing about it is kept. What is told of an entry that is not public, only its holder can learn:
their salt, or their code, is the proof. Of entries that wait for their place nothing is told at
all.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from portal.record import keys, merkle, tree
from portal.record.models import Checkpoint, Entry
from portal.record.receipts import promise
from portal.record.verification.parsing import Promise, ProvenReceipt, SignedReceipt


@dataclass(frozen=True)
class Verdict:
    """
    A finding: `wrong` says what does not match and where, and is empty where all does.

    `leaf` is what was looked for and `index` its place, None where it has none. Then it is
    `awaited` until `by`, or `broken`: it should stand in the record by now. `published` is the
    first published root that covers the entry; None where none does yet. `public`: everybody may
    read what the entry states. `erased`: the record says that what it stated was erased since.
    """

    leaf: str
    wrong: list[str] = field(default_factory=list)
    index: int | None = None
    published: Checkpoint | None = None
    public: bool = False
    erased: bool = False
    by: date | None = None
    awaited: bool = False
    broken: bool = False

    @property
    def holds(self) -> bool:
        """Say whether what was shown stands in the record."""
        return self.index is not None and not self.wrong


def judge(receipt: ProvenReceipt | SignedReceipt) -> Verdict:
    """Hold a receipt against the record as its last ended day left it."""
    if receipt.portal != settings.BASE_URL:
        return Verdict(
            receipt.leaf,
            [_("“portal”: the receipt is of another portal, or this line of it was changed.")],
        )
    try:
        if isinstance(receipt, ProvenReceipt):
            return _judge_proven(receipt)
    except (Entry.DoesNotExist, KeyError):  # a row is gone that the tree stands on
        return Verdict(receipt.leaf, [_broken()])
    if wrong := list(_signed_wrong(receipt)):
        return Verdict(receipt.leaf, wrong)
    return judge_leaf(receipt.leaf, receipt.promise.by)


def judge_printed(given: Promise) -> Verdict:
    """Hold what stands on paper against the record: the promise without what it is about."""
    message = promise(given.portal, given.leaf, given.by.isoformat())
    if not any(keys.holds(key, given.signature, message) for key in keys.published()):
        return Verdict(given.leaf, [_("This was not signed by the portal, or it was changed.")])
    return judge_leaf(given.leaf, given.by)


def judge_leaf(leaf: str, by: date) -> Verdict:
    """Look whether a leaf is in the record, as it must be when the first root since `by` is out."""
    entry = Entry.objects.placed().filter(leaf=leaf).first()
    if entry is None:
        last = Checkpoint.objects.last_day()
        broken = last is not None and last >= by
        return Verdict(leaf, by=by, broken=broken, awaited=not broken)
    assert entry.index is not None
    size = tree.size()
    try:
        proof, root = tree.inclusion_proof(entry.index, size), tree.root(size)
        stands = merkle.verify_inclusion(entry.leaf_hash, entry.index, size, proof, root)
        return _placed(entry, [] if stands else [_broken()])
    except KeyError:
        return Verdict(leaf, [_broken()], entry.index)


def _judge_proven(receipt: ProvenReceipt) -> Verdict:
    size = tree.size()
    if receipt.index >= size:
        return Verdict(receipt.leaf, [_("“index”: the record has no entry of this number.")])
    if not receipt.index < receipt.tree_size <= size:
        return Verdict(
            receipt.leaf, [_("“tree_size”: the record never had this size with this entry.")]
        )
    entry = Entry.objects.get(index=receipt.index)
    wrong = [*_entry_wrong(receipt, entry), *_tree_wrong(receipt)]
    if not wrong and not merkle.verify_inclusion(
        bytes.fromhex(receipt.leaf),
        receipt.index,
        receipt.tree_size,
        receipt.proof,
        receipt.root,
    ):
        # The receipt is what we gave, and it does not hold: then the record itself was changed.
        wrong.append(_broken())
    return _placed(entry, wrong)


def _placed(entry: Entry, wrong: list[str]) -> Verdict:
    published = Checkpoint.objects.filter(size__gt=entry.index).order_by("size", "id").first()
    if published and bytes(published.root) != tree.root(published.size):
        wrong.append(_("The record does not match the root that was published of it."))
    return Verdict(entry.leaf, wrong, entry.index, published, entry.public, _is_told_erased(entry))


def _is_told_erased(entry: Entry) -> bool:
    """
    Say whether the record tells of an erasure: for what was sealed, when that day has ended.

    Told at once, it would tell whoever found a receipt at which minute its writer was here.
    """
    if entry.public:
        return entry.is_erased
    return Entry.objects.placed().filter(leaf=entry.erased_by).exists()


def _broken() -> str:
    return _("The parts of the record do not fit together. Please keep what you have.")


def _signed_wrong(receipt: SignedReceipt) -> Iterator[str]:
    """Name the part of a signed receipt that was changed, as far as that can be told."""
    given = receipt.promise
    if given.key not in keys.published():
        yield _("“key”: it is not one that this portal signs with.")
    elif receipt.leaf == given.leaf:
        message = promise(given.portal, given.leaf, given.by.isoformat())
        if not keys.holds(given.key, given.signature, message):
            yield _("“signature”, “by” or “leaf”: this was not signed by the portal.")
    else:
        entry = Entry.objects.placed().filter(leaf=given.leaf).first()
        yield from _statement_wrong(receipt, entry) or [
            _("“statement”, “salt” or “leaf”: these do not belong together.")
        ]


def _entry_wrong(receipt: ProvenReceipt, entry: Entry) -> list[str]:
    if entry.leaf == receipt.leaf:
        return []
    return _statement_wrong(receipt, entry) or [
        _("“statement”, “salt” or “index”: entry %(index)s was made of something else.")
        % {"index": receipt.index}
    ]


def _statement_wrong(
    receipt: ProvenReceipt | SignedReceipt, entry: Entry | None
) -> list[str] | None:
    """Name what of a statement or its salt is not as in the entry; None if that cannot be told."""
    if entry is None or entry.salt is None:
        return None
    stated, salt = entry.statement or {}, bytes(entry.salt)
    if entry.public and salt != receipt.salt and stated == receipt.statement:
        return [_("“salt”: it is not that of this entry.")]
    if salt != receipt.salt:
        return None
    names = stated.keys() | receipt.statement.keys()
    parts = sorted(name for name in names if stated.get(name) != receipt.statement.get(name))
    return [
        # Translators: words like “statement” are names in a file and stay English.
        _("“statement”: this part is not as it was entered: %(parts)s.")
        % {"parts": ", ".join(parts)}
    ]


def _tree_wrong(receipt: ProvenReceipt) -> list[str]:
    """Name the part of the proof that is not the record's own."""
    wrong = []
    if receipt.root != tree.root(receipt.tree_size):
        wrong.append(
            _("“root” or “tree_size”: the record of %(size)s entries had another root.")
            % {"size": receipt.tree_size}
        )
    proof = tree.inclusion_proof(receipt.index, receipt.tree_size)
    if proof != receipt.proof:
        pairs = zip(proof, receipt.proof, strict=False)
        line = next((i for i, (ours, given) in enumerate(pairs, 1) if ours != given), None)
        wrong.append(
            _("“proof”: line %(line)s of it is not the record's.") % {"line": line}
            if line
            else _("“proof”: it is too long or too short.")
        )
    return wrong
