"""Pictures are decoded and encoded anew: what is seen stays, and nothing else."""

import io
from itertools import product

import pytest
from PIL import Image, ImageChops, ImageCms, ImageDraw, ImageFont

from portal.files.limits import Limits
from portal.files.rebuilding.pictures import UPRIGHT, rebuild_picture
from portal.files.rebuilding.result import Rebuilt, Refused
from tests.portal.files import samples


def rebuilt(data: bytes, *, keep_colour: bool = False, **limits: int) -> Rebuilt:
    return rebuild_picture(data, Limits(**limits), keep_colour=keep_colour)


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def alike(one: Image.Image, other: Image.Image, within: int = 40) -> bool:
    difference = ImageChops.difference(one.convert("RGB"), other.convert("RGB"))
    return one.size == other.size and max(high for _, high in difference.getextrema()) < within


def sheet(ground: tuple[int, int, int] = (246, 244, 238)) -> Image.Image:
    """A page of words in blue, with the yellow dots of a printer and uneven light."""
    image = Image.new("RGB", (900, 1200), ground)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(22)
    for line in range(30):
        draw.text((80, 80 + line * 34), "Rights are written on paper, line by line", "navy", font)
    draw.point([(x, y) for x in range(7, 900, 31) for y in range(5, 1200, 37)], (250, 250, 120))
    light = (
        Image.linear_gradient("L").resize(image.size).point(lambda value: 150 + value * 105 // 255)
    )
    return ImageChops.multiply(image, Image.merge("RGB", [light] * 3))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF"])
def test_every_kind_of_picture_is_taken(kind):
    made = rebuilt(saved(samples.gradient((64, 48)), kind))
    assert made.kind in ("jpeg", "png")
    assert opened(made.data).format == made.kind.upper()
    assert alike(opened(made.data), samples.gradient((64, 48)), within=60)
    assert made.notes == ("picture",)


@pytest.mark.parametrize("maker", [samples.jpeg, samples.png])
def test_nothing_but_pixels_is_left(maker):
    assert samples.tells(maker())
    made = rebuilt(maker())
    assert not samples.tells(made.data)
    image = opened(made.data)
    assert not image.getexif()
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive",
                               "progression"}  # fmt: skip


@pytest.mark.parametrize(
    ("maker", "orientation"), product([samples.jpeg, samples.png], range(1, 9))
)
def test_a_picture_stands_upright(maker, orientation):
    before = maker((64, 48), orientation=orientation)
    expected = opened(before)
    if orientation > 1:
        expected = expected.transpose(UPRIGHT[orientation])
    assert alike(opened(rebuilt(before).data), expected)


def test_what_transparency_hides_is_gone():
    hidden = Image.new("RGBA", (40, 40), (200, 10, 10, 0))
    hidden.paste((0, 0, 255, 255), (10, 10, 20, 20))
    after = opened(rebuilt(saved(hidden, "PNG")).data).convert("RGB")
    assert after.getpixel((0, 0)) == (255, 255, 255)
    assert after.getpixel((15, 15)) == (0, 0, 255)


def test_a_colour_profile_is_applied_and_dropped():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    red = Image.new("RGB", (40, 40), (255, 0, 0))
    to_lab = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), lab, "RGB", "LAB")
    image = ImageCms.applyTransform(red, to_lab)
    made = rebuilt(saved(image, "TIFF", icc_profile=lab.tobytes()))
    assert alike(opened(made.data), red)
    assert "icc_profile" not in opened(made.data).info


def test_a_profile_for_other_pictures_does_no_harm():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    picture = samples.gradient((64, 48))
    assert alike(opened(rebuilt(saved(picture, "PNG", icc_profile=lab)).data), picture)


def test_a_moving_picture_keeps_its_first_frame():
    frames = [Image.new("RGB", (30, 30), colour) for colour in ("red", "lime", "blue")]
    made = rebuilt(saved(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert opened(made.data).convert("RGB").getpixel((9, 9)) == (255, 0, 0)
    assert "first-frame" in made.notes


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_large_picture_is_scaled_down(kind):
    before = samples.gradient((320, 240))
    made = rebuilt(saved(before, kind), picture_side=100)
    assert opened(made.data).size == (100, 75)
    assert "scaled-down" in made.notes
    assert "scaled-down" not in rebuilt(saved(before, kind)).notes


def test_a_picture_of_sixteen_bits_keeps_its_shades():
    deep = Image.new("I;16", (20, 20), 128 * 256)
    assert abs(opened(rebuilt(saved(deep, "TIFF")).data).getpixel((5, 5)) - 128) <= 1


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photograph_of_paper_becomes_grey_and_clean(kind):
    made = rebuilt(saved(sheet(), kind))
    after = opened(made.data)
    assert "made-grey" in made.notes
    assert after.mode == "L"
    # Neither uneven light nor the printer's dots are left on the ground.
    ground = after.crop((0, 0, 900, 70))
    assert ground.getextrema()[0] > 250
    assert after.getextrema()[0] < 60


def test_colour_stays_where_it_is_asked_for():
    made = rebuilt(saved(sheet(), "JPEG"), keep_colour=True)
    assert opened(made.data).mode == "RGB"
    assert "made-grey" not in made.notes


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_chart_keeps_its_colours(kind):
    chart = Image.new("RGB", (600, 400), "white")
    draw = ImageDraw.Draw(chart)
    for number, colour in enumerate(("red", "green", "blue")):
        draw.line([(x, 100 + 70 * number + x % 50) for x in range(40, 560, 10)], colour, 3)
    draw.rectangle((30, 30, 570, 370), outline="black", width=2)
    made = rebuilt(saved(chart, kind))
    assert opened(made.data).mode == "RGB"
    assert "made-grey" not in made.notes


def test_a_photograph_of_a_place_keeps_its_colours():
    sky = Image.linear_gradient("L").resize((400, 300)).point(lambda value: 120 + value // 3)
    place = Image.merge(
        "RGB", [sky.point(lambda v: v * 4 // 5), sky, Image.new("L", (400, 300), 235)]
    )
    place.paste((70, 90, 50), (0, 200, 400, 300))
    assert opened(rebuilt(saved(place, "JPEG")).data).mode == "RGB"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (samples.jpeg((200, 200))[:-900], "damaged"),
        (samples.png()[:700], "damaged"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "damaged"),
    ],
    ids=["half a JPEG", "half a PNG", "a PNG's head alone"],
)
def test_half_a_picture_is_refused(data, code):
    with pytest.raises(Refused) as caught:
        rebuilt(data)
    assert caught.value.code == code


def test_what_asks_for_gigabytes_is_refused_before_it_gets_them():
    with pytest.raises(Refused) as caught:
        rebuilt(saved(samples.gradient((320, 240)), "PNG"), image_pixels=10_000)
    assert caught.value.code == "pixels"
