"""A scorer as bytes and back: numbers and one piece of JSON, never a pickle."""

import io
import json
from dataclasses import asdict

import numpy as np

from .linear import Additive
from .schema import Binned
from .scorer import Scorer
from .table import Feature
from .trees import Trees

FORMAT = 1
TREE_ARRAYS = ("roots", "feature", "threshold", "left", "right", "missing_left", "value")


class Unreadable(Exception):
    """These bytes are no scorer that this version can read."""


def pack(scorer):
    """:param Scorer scorer: :return: bytes, the same for the same scorer"""
    arrays = {"typical": scorer.typical, "track": scorer.track}
    header = {
        "format": FORMAT,
        "features": [asdict(binned.feature) for binned in scorer.schema],
        "members": [],
        **{name: float(getattr(scorer, name)) for name in ("slope", "shift", "base")},
    }
    for place, binned in enumerate(scorer.schema):
        arrays[f"marks_{place}"] = binned.marks
    for number, (share, member) in enumerate(scorer.members):
        header["members"].append(_pack_member(member, f"member_{number}", arrays) | {"share": share})
    arrays["header"] = np.frombuffer(json.dumps(header, sort_keys=True).encode(), np.uint8)
    target = io.BytesIO()
    np.savez_compressed(target, **arrays)
    return target.getvalue()


def _pack_member(member, prefix, arrays):
    if isinstance(member, Trees):
        arrays.update({f"{prefix}_{name}": getattr(member, name) for name in TREE_ARRAYS})
        return {"kind": "trees", "start": member.start, "bayes": _pack_member(member.bayes, f"{prefix}_bayes", arrays)}
    arrays.update({f"{prefix}_{place}": weights for place, weights in enumerate(member.weights)})
    return {"kind": "additive", "start": member.start}


def unpack(data):
    """
    :param bytes data: from `pack`
    :return: Scorer
    :raise Unreadable: whatever else they are; nothing in them is ever run
    """
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            header = json.loads(arrays["header"].tobytes())
            if header["format"] != FORMAT:
                raise Unreadable(f"format {header['format']}")
            schema = tuple(
                Binned(Feature(**feature), arrays[f"marks_{place}"]) for place, feature in enumerate(header["features"])
            )
            members = tuple(
                (member["share"], _unpack_member(member, f"member_{number}", arrays, schema))
                for number, member in enumerate(header["members"])
            )
            return Scorer(
                schema, members, header["slope"], header["shift"], header["base"], arrays["typical"], arrays["track"]
            )  # fmt: skip
    except Unreadable:
        raise
    except Exception as error:  # whatever numpy, zip or JSON make of bytes that are something else
        raise Unreadable(str(error)) from error


def _unpack_member(member, prefix, arrays, schema):
    if member["kind"] == "trees":
        bayes = _unpack_member(member["bayes"], f"{prefix}_bayes", arrays, schema)
        return Trees(member["start"], bayes, *(arrays[f"{prefix}_{name}"] for name in TREE_ARRAYS))
    weights = tuple(arrays[f"{prefix}_{place}"] for place in range(len(schema)))
    if any(len(own) != binned.size for own, binned in zip(weights, schema, strict=True)):
        raise Unreadable("weights do not fit their features")
    return Additive(member["start"], weights)
