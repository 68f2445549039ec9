"""Keys and secrets of the local press: made once, and kept in its data folder, so that what they sealed can be read."""

import base64
import json
import re
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import boto3
from moto.kms.models import kms_backends

from infra.local.errors import PressError
from infra.local.resources import ACCOUNT, REGION, Key, Secret

FILE = "secrets.json"
_KEY_BYTES = 32
_REFERENCE = re.compile(r"\{\{resolve:secretsmanager:([^:}]+):SecretString\}\}")


def create(keys: Iterable[Key], wanted: Iterable[Secret], data: Path | None) -> None:
    """Stands up KMS keys and secrets, those of the data folder again if there are any. Raises PressError."""
    file = data / FILE if data else None
    kept = _read(file)
    for key in keys:
        kept.setdefault(key.id, base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode())
        _create_key(key, base64.b64decode(kept[key.id]))
    for secret in wanted:
        kept.setdefault(secret.id, _text(secret))
        boto3.client("secretsmanager").create_secret(Name=secret.name, SecretString=kept[secret.id])
    if file:
        _write(file, kept)


def resolved(text: str) -> str:
    """A text of the template whose references to secrets are answered, as CloudFormation does it."""
    client = boto3.client("secretsmanager")
    return _REFERENCE.sub(lambda found: client.get_secret_value(SecretId=found[1])["SecretString"], text)


def _create_key(key: Key, material: bytes) -> None:
    """A key of moto, whose material and id are ours: the id is in everything that the key has sealed."""
    client, backend = boto3.client("kms"), kms_backends[ACCOUNT][REGION]
    created = backend.keys.pop(client.create_key()["KeyMetadata"]["KeyId"])
    created.id, created.key_material = key.uuid, material
    backend.keys[key.uuid] = created
    client.create_alias(AliasName=key.alias, TargetKeyId=key.uuid)


def _text(secret: Secret) -> str:
    generated = secrets.token_hex(secret.length // 2)
    return json.dumps({secret.json_key: generated}) if secret.json_key else generated


def _read(file: Path | None) -> dict[str, Any]:
    if file is None or not file.exists():
        return {}
    try:
        kept: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise PressError(f"The keys in {file} cannot be read ({error}). Without them subscribers are lost.") from error
    return kept


def _write(file: Path, kept: dict[str, Any]) -> None:
    """All of it or nothing: a disk that is full must not take the keys that are there."""
    new = file.with_suffix(".new")
    try:
        new.touch(mode=0o600)
        new.write_text(json.dumps(kept, indent=2) + "\n", encoding="utf-8")
        new.replace(file)
    except OSError as error:
        raise PressError(f"The data folder {file.parent} cannot be written ({error.strerror}).") from error
