#!/usr/bin/env python3
"""Verifies a Tocsin evidence pack, written from evidence-pack.md alone: a second pair of eyes, not the first.

usage: verify_pack.py FILE [--signer FINGERPRINT] [--ledger EXPORT]
exit:  0 all fits, 1 something does not or was not checked, 2 usage, 3 no evidence pack

EXPORT is the file of GET /api/v1/ledger/export: its chain is checked, the pack's acts are looked up in it, and the pack is
compared with the SHA-256 that the issue's evidence.seal entry has.

Python 3.9 or later, and for the signature the package `cryptography` or the command `openssl` (3.0 or later): where
neither is there, the script says so, checks the rest, and exits with 1.
"""
import base64
import hashlib
import json
import math
import os
import struct
import subprocess
import sys
import tempfile

SEGMENTS = ["cap.received", "cap.written", "signoffs", "target", "terminals", "persons", "receipts", "coverage", "ledger"]
LEVEL_OF_EVIDENCE = {"delivered": 1, "shown": 2, "answered": 3}
DELIVERED = 6  # the first state that counts; 7 is shown, 8 answered
SPKI = bytes.fromhex("302a300506032b6570032100")  # before the 32 bytes of an Ed25519 public key
problems = []


def check(holds, place, what):
    if not holds:
        problems.append(f"{place}: {what}")


def unreadable(what):
    print("unreadable:", what, file=sys.stderr)
    sys.exit(3)


class Stage:
    """What is being read: the place of whatever cannot be."""

    place = "manifest"


def canonical(value):
    # Keys here are ASCII, so that sorting by code points is sorting by UTF-16 units.
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def level(state):
    return max(0, state - DELIVERED + 1)


class Bytes:
    """Numbers in groups of 7 bits, the lowest first, and texts with their length before them."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def byte(self):
        self.at += 1
        return self.data[self.at - 1]

    def var(self):
        value = shift = 0
        while True:
            next_byte = self.byte()
            value |= (next_byte & 0x7F) << shift
            shift += 7
            if not next_byte & 0x80:
                return value

    def signed(self):
        value = self.var()
        return (value >> 1) ^ -(value & 1)

    def text(self):
        length = self.var()
        self.at += length
        return self.data[self.at - length : self.at].decode()


def merkle(leaves):
    """RFC 9162: the left tree is the largest power of two below the number of leaves."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    cut = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + merkle(leaves[:cut]) + merkle(leaves[cut:])).digest()


def chunks(data):
    at = 0
    while at < len(data):
        (size,) = struct.unpack_from(">I", data, at)
        yield data[at + 4 : at + 4 + size]
        at += 4 + size


def receipts(data, evidence):
    """Each receipt as (place, link, attempt, segment, of, level)."""
    for chunk in chunks(data):
        source = Bytes(chunk)
        kinds = []
        for _ in range(source.var()):
            link, attempt = source.var(), source.var()
            segment, of, proof, _reason = source.byte(), source.byte(), source.byte(), source.byte()
            source.text()
            kinds.append((link, attempt, segment, of, LEVEL_OF_EVIDENCE.get(evidence[proof], 0)))
        place = 0
        for _ in range(source.var()):
            place += source.var()
            kind = kinds[source.var()]
            source.signed()
            yield (place,) + kind
        check(source.at == len(chunk), "receipts", "bytes behind a chunk's receipts")


def proven(data, manifest):
    """The highest level that the receipts prove, by (place, channel)."""
    levels, parts = {}, {}
    channel_of = [link["channel"] for link in manifest["links"]]
    for place, link, attempt, segment, of, grade in receipts(data, manifest["evidence"]):
        if grade == 0:
            continue
        if grade == 1 and of > 1 and segment < of:
            key = (place, link, attempt)
            parts[key] = parts.get(key, 0) | 1 << segment
            if parts[key] & (1 << of) - 1 != (1 << of) - 1:
                continue
        key = (place, channel_of[link])
        levels[key] = max(levels.get(key, 0), grade)
    return levels


def figures(atoms):
    """coverage.md, word for word: (residents, confirmed, lower, estimate, upper) for each atom."""
    for atom, reached, unpositioned, serving in atoms:
        n = atom["residents"]
        if n == 0:
            yield (0, 0, 0, 0, 0)
            continue
        village = max(atom["villageResidents"], n)
        c = min(n, reached)
        sure, possible, missed = 0.0, c + unpositioned, 1 - c / n
        for serves, (low, mid, high) in serving:
            served = min(serves, village)
            most = min(served, n)
            least = min(most, max(0, served + n - village))
            sure = max(sure, low * least)
            possible += high * most
            missed *= 1 - mid * (least + most) / (2 * n)
        lower = max(c, min(n, sure))
        upper = max(lower, min(n, possible))
        yield (n, c, lower, min(upper, max(lower, n * (1 - missed))), upper)


def signature(key, message, signed):
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        try:
            Ed25519PublicKey.from_public_bytes(key[len(SPKI) :]).verify(signed, message)
            return True
        except InvalidSignature:
            return False
    except ImportError:
        pass
    with tempfile.TemporaryDirectory() as folder:
        names = [os.path.join(folder, name) for name in ("key", "message", "signature")]
        for name, content in zip(names, (key, message, signed)):
            with open(name, "wb") as file:
                file.write(content)
        command = ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", names[0]]
        command += ["-rawin", "-in", names[1], "-sigfile", names[2]]
        try:
            return subprocess.run(command, capture_output=True).returncode == 0
        except FileNotFoundError:
            return None


def parts(data):
    if len(data) < 78 or data[:8] != b"TOCSIN\r\x1a":
        unreadable("no evidence pack")
    version, length = struct.unpack_from(">HI", data, 8)
    if version != 1:
        unreadable(f"version {version}")
    try:
        manifest = json.loads(data[14 : 14 + length])
        if [segment["name"] for segment in manifest["segments"]] != SEGMENTS:
            unreadable("other segments")
        at, segments = 14 + length, {}
        for segment in manifest["segments"]:
            if not 0 <= segment["length"] <= len(data) - 64 - at:
                unreadable(f"segment {segment['name']} does not fit into the file")
            segments[segment["name"]] = data[at : at + segment["length"]]
            at += segment["length"]
    except (ValueError, KeyError, TypeError, RecursionError) as wrong:
        unreadable(f"manifest: {wrong!r}")
    if at != len(data) - 64:
        unreadable("the segments do not end at the signature")
    try:
        check(canonical(manifest) == data[14 : 14 + length], "manifest", "not canonical")
    except ValueError as wrong:  # half a character, which UTF-8 has no form for
        check(False, "manifest", repr(wrong))
    for segment in manifest["segments"]:
        found = hashlib.sha256(segments[segment["name"]]).hexdigest()
        check(found == segment.get("sha256"), "segment " + segment["name"], "SHA-256 differs")
    return manifest, segments


def entry_hash(entry):
    fields = ["tocsin ledger entry 1", str(entry["sequence"]), str(entry["at"])]
    fields += [entry[name] for name in ("actor", "act", "subject", "contentHash", "previousHash")]
    text = b"".join(b"%d:%s," % (len(field.encode()), field.encode()) for field in fields)
    return hashlib.sha256(text).hexdigest()


def exported(name, manifest, segments, data):
    """The ledger as its gateway gave it out: whole in itself, with the pack's acts, and with this very file where it
    was sealed. Whether it is the ledger that others saw, the seals at a witness say: that is `verify --seals`."""
    sealed, by_number, last = [], {}, None
    with open(name, "rb") as file:
        head = json.loads(file.readline())
        check(head["format"] == "tocsin ledger" and head["version"] == 1, "ledger export", "is none of version 1")
        for line in file:
            entry = json.loads(line)
            place = f"ledger export, entry {entry['sequence']}"
            check(entry_hash(entry) == entry["hash"], place, "hash differs")
            if last:
                follows = entry["sequence"] == last["sequence"] + 1 and entry["previousHash"] == last["hash"]
                check(follows, place, "does not follow from the one before")
            last, by_number[entry["sequence"]] = entry, entry["hash"]
            if entry["act"] == "evidence.seal" and entry["subject"] == manifest["issue"]:
                sealed.append(entry)
    end = {"sequence": last["sequence"], "hash": last["hash"]} if last else None
    check(end == head["head"], "ledger export", "does not end where its first line says")
    found = hashlib.sha256(data).hexdigest()
    for entry in sealed:
        place = f"ledger export, entry {entry['sequence']}"
        check(entry["contentHash"] == found, place, f"the issue was sealed with {entry['contentHash']}, this is {found}")
    if sealed:
        print(f"sealed by ledger entry {sealed[-1]['sequence']}, its SHA-256", found)
    elif last and last["sequence"] > json.loads(segments["ledger"])["head"]["sequence"]:
        print("not sealed: the ledger goes on after the pack was made, and has no evidence.seal of its issue: a draft")
    else:
        print("sealed or draft: cannot be told, the ledger ends before the pack was made")
    return by_number


def acts(manifest, segments, by_number):
    content = hashlib.sha256(segments["cap.received"]).hexdigest()
    check(manifest["contentHash"] == content, "manifest", "contentHash is not that of the message")
    ledger, last, own, submitted, approvals = json.loads(segments["ledger"]), None, [], False, {}
    for entry in ledger["entries"]:
        place = f"ledger entry {entry['sequence']}"
        check(entry_hash(entry) == entry["hash"], place, "hash differs")
        if by_number and min(by_number) <= entry["sequence"] <= max(by_number):
            check(by_number.get(entry["sequence"]) == entry["hash"], place, "is another one in the ledger export")
        if last and entry["sequence"] == last["sequence"] + 1:
            check(entry["previousHash"] == last["hash"], place, "does not follow from the one before")
        elif last:
            check(ledger["gaps"] and entry["sequence"] > last["sequence"], place, "out of order, or one is missing")
        last = entry
        if entry["subject"] != manifest["issue"]:
            continue
        own.append(entry["act"])
        if entry["act"] == "warning.submit":
            submitted, approvals = True, {}
        elif entry["act"] == "warning.approve":
            approvals[(entry["actor"], entry["at"], entry["contentHash"])] = entry["sequence"]
    # What was planned was signed: no pack is without the acts that led to it.
    check(own[:1] == ["warning.create"], "ledger", "does not begin with the issue's warning.create")
    check(submitted and approvals, "ledger", "lacks the issue's warning.submit or warning.approve")
    said = json.loads(segments["signoffs"])
    rows = [(row["by"], row["at"], content) for row in said["approvals"]]
    check(rows, "signoffs", "nobody has signed off, and what is sent was signed")
    check(len(set(rows)) == len(rows) and set(rows) == set(approvals), "signoffs", "are not those of the ledger")
    if rows:
        check(said["approvals"][-1]["role"] == "signer", "signoffs", "the last one is not by a signer")
        check(said["signed"] == rows[-1][1], "signoffs", "signed is not the time of the last one")
    for row in said["approvals"]:
        check(row["contentHash"] == content, "signoffs", "over another message")
        entry = approvals.get((row["by"], row["at"], content), "none")
        print(f"signed by {row['by']} as {row['role']} at {row['at']}, ledger entry {entry}")


def counts(atom):
    """N is the share of the village's residents in whole persons, a half one up, as it was when it was planned."""
    for name in ("residents", "villageResidents"):
        check(type(atom[name]) is int and atom[name] >= 0, "target", f"{atom['code']}: {name} is no count")
    share = float(atom["share"])
    check(0 <= share <= 1 and (atom["cut"] or share == 1), "target", f"{atom['code']}: share")
    part = math.floor(atom["villageResidents"] * share + 0.5)
    what = f"residents is {atom['residents']}, {share} of {atom['villageResidents']} are {part}"
    check(atom["residents"] == part, "target", f"{atom['code']}: {what}")


def people(manifest, segments, atoms, levels):
    """Persons reached by group; the groups are two for each atom, then one."""
    channels, data, at, place, reached, seen = manifest["personChannels"], segments["persons"], 0, 0, [], set()
    row = 16 + (len(channels) + 1) // 2
    for group in range(2 * len(atoms) + 1):
        (count,) = struct.unpack_from(">I", data, at)
        at, hits, before = at + 4, 0, b""
        for _ in range(count):
            name, states = data[at : at + 16], data[at + 16 : at + row]
            check(before < name and name not in seen, "persons", f"person {place} out of order or twice")
            seen.add(name)
            highest = 0
            for number, channel in enumerate(channels):
                state = states[number // 2] >> (0 if number % 2 else 4) & 15
                said, found = level(state), levels.pop((place, channel), 0)
                check(said == found, "persons", f"person {place} by {channel}: level {said}, receipts prove {found}")
                highest = max(highest, said)
            hits += highest > 0
            at, place, before = at + row, place + 1, name
        reached.append(hits)
    check(at == len(data) and place == manifest["persons"], "persons", "another number of them")
    return reached, place


def main():
    names, options = sys.argv[1:2], sys.argv[2:]
    given = dict(zip(options[::2], options[1::2]))
    if not names or len(options) != 2 * len(given) or not set(given) <= {"--signer", "--ledger"}:
        print(__doc__, file=sys.stderr)
        sys.exit(2)
    signer, ledger = given.get("--signer"), given.get("--ledger")
    try:
        with open(names[0], "rb") as file:
            data = file.read()
    except OSError as wrong:
        unreadable(wrong)
    manifest, segments = parts(data)
    try:
        key = base64.b64decode(manifest.get("publicKey", ""), validate=True)
    except (ValueError, TypeError):
        key = b""
    fingerprint = hashlib.sha256(key).hexdigest()
    valid = signature(key, data[:-64], data[-64:]) if key.startswith(SPKI) and len(key) == 44 else False
    check(valid is not False, "signature", "does not fit; it, the manifest or what is named here was changed")
    if signer:
        check(signer.replace(":", "").lower() == fingerprint, "signer", "another one")
    if not problems:
        try:
            Stage.place = "ledger export"
            content(manifest, segments, exported(ledger, manifest, segments, data) if ledger else {})
        except Exception as wrong:  # whatever a forger may have written there
            check(False, Stage.place, f"cannot be read: {wrong!r}")
    if valid is None:
        check(False, "signature", "was not checked: no package cryptography, no command openssl")
    print("signer", fingerprint, "" if signer else "(not checked)")
    if not ledger:
        print("sealed or draft: cannot be told without --ledger")
    print("signature", {True: "fits", False: "DOES NOT FIT", None: "NOT CHECKED: no cryptography, no openssl"}[valid])
    for problem in problems[:50]:
        print("does not fit:", problem)
    print("all fits" if not problems else "something does not fit")
    sys.exit(1 if problems else 0)


def content(manifest, segments, by_number):
    Stage.place = "signoffs or ledger"
    acts(manifest, segments, by_number)
    Stage.place = "target or terminals"
    target, terminals = json.loads(segments["target"]), json.loads(segments["terminals"])
    for atom in target["atoms"]:
        counts(atom)
    Stage.place = "receipts"
    leaves = [hashlib.sha256(b"\0" + chunk).digest() for chunk in chunks(segments["receipts"])]
    check(merkle(leaves).hex() == manifest["receipts"]["merkleRoot"], "receipts", "Merkle root differs")
    levels = proven(segments["receipts"], manifest)
    Stage.place = "persons"
    reached, place = people(manifest, segments, target["atoms"], levels)
    Stage.place = "terminals"
    serving = {}
    for terminal in terminals:
        finished = False
        for channel in manifest["terminalChannels"]:
            said = level(manifest["states"].index(terminal["states"].get(channel, "none")))
            check(said == levels.pop((place, channel), 0), "terminals", terminal["code"])
            finished |= said > 0
        check(finished == terminal["finished"], "terminals", terminal["code"])
        if finished:
            q = terminal.get("audibility", {"low": 0, "mid": 0.5, "high": 1})
            shares = tuple(float(q[name]) for name in ("low", "mid", "high"))
            serving.setdefault(terminal["village"], []).append((terminal["serves"], shares))
        place += 1
    check(not levels, "receipts", "of somebody who is not in the pack")
    Stage.place = "target or coverage"
    rows = [
        (atom, reached[2 * at], reached[2 * at + 1], serving.get(atom["code"], []))
        for at, atom in enumerate(target["atoms"])
    ]
    totals = [0.0] * 5
    for row in figures(rows):
        totals = [total + value for total, value in zip(totals, row)]
    stated = json.loads(segments["coverage"])
    if not (target["isPublic"] and manifest["status"] == "Actual" and totals[0] > 0):
        print("public coverage does not apply; reached", sum(reached), "of", manifest["persons"])
        check(stated["audience"]["reached"] == sum(reached), "coverage", "reached")
        return
    residents, confirmed, lower, estimate, upper = totals
    wanted = float(manifest["goal"]) * residents - 1e-6
    computed = {
        "residents": math.ceil(residents - 1e-6),
        "confirmed": math.floor(confirmed + 1e-6),
        "lower": math.floor(lower + 1e-6),
        "estimate": math.floor(estimate + 0.5),
        "upper": math.ceil(upper - 1e-6),
        "verdict": "met" if lower >= wanted else "likely" if estimate >= wanted else "missed",
    }
    check(stated["goal"] == float(manifest["goal"]), "coverage", "goal")
    for name, value in computed.items():
        print(f"{name:10} stated {stated[name]}  recomputed {value}")
        check(stated[name] == value, "coverage", name)


main()
