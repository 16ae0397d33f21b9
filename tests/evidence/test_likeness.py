"""Reused photos are found, however they were sent again; others are not."""

from __future__ import annotations

import random

import pytest
from django.db import connection
from PIL import Image, ImageEnhance, ImageOps

from evidence import phash, queries
from evidence.models import Attachment, Blob
from evidence.queries import similar_to
from evidence.transitions import store
from tests.evidence import pictures
from units.models import User

pytestmark = pytest.mark.django_db

CHANGES = {
    "recompressed": lambda image: image,
    "half size": lambda image: image.resize((320, 240)),
    "brighter": lambda image: ImageEnhance.Brightness(image).enhance(1.15),
    "mirrored": ImageOps.mirror,
    "upside down": lambda image: image.transpose(Image.Transpose.ROTATE_180),
    "turned": lambda image: image.transpose(Image.Transpose.ROTATE_90),
}


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def officer():
    return User.objects.create_user("officer", name="张三")


def keep(image: Image.Image, by: User, quality: int = 90):
    return store(pictures.upload(pictures.encoded(image, quality=quality)), by=by)


@pytest.mark.parametrize("change", CHANGES)
def test_a_reused_photo_is_found(officer, change):
    first = keep(pictures.scene(), officer)
    again = keep(CHANGES[change](pictures.scene()), officer, quality=60)
    [found] = similar_to(again)
    assert found.attachment == first
    assert found.distance <= 6
    assert not found.is_same_file


def test_the_same_file_handed_in_twice_is_named_as_such(officer):
    first, again = keep(pictures.scene(), officer), keep(pictures.scene(), officer)
    [found] = similar_to(again)
    assert (found.attachment, found.distance, found.is_same_file) == (first, 0, True)


def test_another_scene_is_not_found(officer):
    photos = [keep(pictures.scene(seed), officer) for seed in range(1, 12)]
    assert [similar_to(photo) for photo in photos] == [[]] * 11


def test_a_covered_lens_matches_nothing(officer):
    first, second = keep(Image.new("RGB", (64, 64), "black"), officer), keep(Image.new("RGB", (80, 60)), officer)
    assert first.blob.phash is None
    assert similar_to(second) == []


def test_turning_the_hash_is_turning_the_picture():
    image = pictures.scene(3)
    turned = phash.of(image.transpose(Image.Transpose.ROTATE_90))
    assert min(phash.distance(turned, value) for value in phash.orientations(phash.of(image))) <= 2


def test_searching_for_likeness_does_not_scan_the_table(officer):
    photo = keep(pictures.scene(), officer)
    chance = random.Random(7)
    Blob.objects.bulk_create(
        Blob(sha256=f"{number:064x}", size=1, mime="image/jpeg", phash=chance.getrandbits(63))
        for number in range(20_000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE evidence_blob")
    assert "Seq Scan on evidence_blob" not in explain(photo)


def explain(photo: Attachment) -> str:
    """The plan of the search for photos like this one."""
    asked = []

    def note(execute, sql, params, many, context):
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        queries.similar_to(photo)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {asked[0][0]}", asked[0][1])
        return "\n".join(row[0] for row in cursor.fetchall())
