#!/usr/bin/env python3
"""Write Fixtures/images: small pictures with their pixels, and resized pictures.

Needs Python 3.9 or later, xxhash and Pillow (9.0.1 made the committed files):

    python3 Fixtures/images/make_images.py

pictures.json   name -> {bytes (base64), fingerprint (XXH3), width, height, pixels (hex, RGB)}. PNG files are put together here, chunk by
                chunk, in every colour type; pixels come from the values that went in. JPEG files and their pixels are
                Pillow's.
resizing.json   one source picture and a list of resizes. `pixels` evaluates the definition of the filter in double
                precision, direction by direction, rounded to 8 bits after each; `pillow` is what Pillow's LANCZOS gives
                (absent for `nearest`, which is exact in whole numbers here). The first may be off by one level.
"""

import base64
import io
import json
import math
import pathlib
import random
import struct
import zlib

import xxhash
from PIL import Image

FOLDER = pathlib.Path(__file__).resolve().parent
RNG = random.Random(20_241_105)


# --- PNG --------------------------------------------------------------------------------------------------------


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def packed(samples, bits):
    """Samples of one row as bytes, high bits first."""
    if bits == 16:
        return b"".join(struct.pack(">H", s) for s in samples)
    text = "".join(format(s, f"0{bits}b") for s in samples)
    text += "0" * (-len(text) % 8)
    return bytes(int(text[i : i + 8], 2) for i in range(0, len(text), 8))


ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def png(width, height, color, bits, rows, before=b"", interlaced=False, pieces=1):
    """rows: for each row a list of pixels, each a list of samples."""
    if interlaced:
        passes = [[row[x::dx] for row in rows[y::dy]] for x, y, dx, dy in ADAM7]
    else:
        passes = [rows]
    raw = b""
    for part in passes:
        for row in part:
            if row:
                raw += b"\0" + packed([s for pixel in row for s in pixel], bits)
    data = zlib.compress(raw, 9)
    cut = -(-len(data) // pieces)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, bits, color, 0, 0, int(interlaced)))
        + before
        + b"".join(chunk(b"IDAT", data[i : i + cut]) for i in range(0, len(data), cut))
        + chunk(b"IEND", b"")
    )


def random_rows(width, height, channels, bits):
    return [[[RNG.randrange(1 << bits) for _ in range(channels)] for _ in range(width)] for _ in range(height)]


def scaled(sample, bits):
    """To 8 bits; half a level rounds up."""
    top = (1 << bits) - 1
    return (2 * sample * 255 + top) // (2 * top)


def over_black(pixel, alpha):
    return [(c * alpha + 127) // 255 for c in pixel]


def png_pictures():
    w, h = 7, 5
    pictures = {}

    def add(name, color, bits, rows, pixel, **options):
        pictures[name] = (png(w, h, color, bits, rows, **options), w, h, [pixel(p) for row in rows for p in row])

    for bits in [1, 2, 4, 8, 16]:
        gray = lambda p, bits=bits: [scaled(p[0], bits)] * 3
        add(f"grey{bits}.png", 0, bits, random_rows(w, h, 1, bits), gray)
    for bits in [8, 16]:
        rgb = lambda p, bits=bits: [scaled(s, bits) for s in p]
        add(f"rgb{bits}.png", 2, bits, random_rows(w, h, 3, bits), rgb)
    identity = lambda p: list(p)
    add("interlaced.png", 2, 8, random_rows(w, h, 3, 8), identity, interlaced=True)
    add("pieces.png", 2, 8, random_rows(w, h, 3, 8), identity, pieces=9)
    # Linear light, and a profile that nothing can read: neither changes the levels.
    before = chunk(b"gAMA", struct.pack(">I", 100_000)) + chunk(b"iCCP", b"x\0\0" + b"no profile")
    add("gamma.png", 2, 8, random_rows(w, h, 3, 8), identity, before=before)
    rgba = random_rows(w, h, 4, 8)
    rgba[0][0][3], rgba[0][1][3] = 0, 255
    add("rgba8.png", 6, 8, rgba, lambda p: over_black(p[:3], p[3]))
    add("grey-alpha8.png", 4, 8, random_rows(w, h, 2, 8), lambda p: over_black(p[:1] * 3, p[1]))
    colors = [[RNG.randrange(256) for _ in range(3)] for _ in range(16)]
    palette = chunk(b"PLTE", bytes(c for color in colors for c in color))
    add("palette4.png", 3, 4, random_rows(w, h, 1, 4), lambda p: colors[p[0]], before=palette)
    alpha = [RNG.randrange(256) for _ in range(10)] + [255] * 6
    transparent = palette + chunk(b"tRNS", bytes(alpha[:10]))
    add(
        "palette-alpha.png", 3, 8, random_rows(w, h, 1, 4), lambda p: over_black(colors[p[0]], alpha[p[0]]),
        before=transparent,
    )
    return pictures


# --- JPEG -------------------------------------------------------------------------------------------------------


def smooth(width, height):
    image = Image.new("RGB", (width, height))
    image.putdata(
        [
            (255 * x // width, 255 * y // height, 60 + 40 * ((x // 3 + y // 4) % 2))
            for y in range(height)
            for x in range(width)
        ]
    )
    return image


def jpeg_pictures():
    w, h = 21, 18
    base = smooth(w, h)
    rotated = base.getexif()
    rotated[0x0112] = 6
    kinds = {
        "444.jpg": (base, dict(quality=90, subsampling=0)),
        "420.jpg": (base, dict(quality=75, subsampling=2)),
        "progressive.jpg": (base, dict(quality=80, progressive=True)),
        "grey.jpg": (base.convert("L"), dict(quality=85)),
        "rotated.jpg": (base, dict(quality=85, exif=rotated.tobytes())),
        "cmyk.jpg": (base.convert("CMYK"), dict(quality=85)),
    }
    pictures = {}
    for name, (image, options) in kinds.items():
        file = io.BytesIO()
        image.save(file, "JPEG", **options)
        pixels = Image.open(io.BytesIO(file.getvalue())).convert("RGB")
        pictures[name] = (file.getvalue(), w, h, list(pixels.getdata()))
    return pictures


# --- resizing ---------------------------------------------------------------------------------------------------


def lanczos(x):
    if abs(x) >= 3:
        return 0.0
    if x == 0:
        return 1.0
    return 3 * math.sin(math.pi * x) * math.sin(math.pi * x / 3) / (math.pi * x) ** 2


def filtered(line, length):
    """A row of pixels in another length."""
    scale = len(line) / length
    wide = max(1.0, scale)
    result = []
    for t in range(length):
        center = (t + 0.5) * scale
        first, end = max(0, int(center - 3 * wide + 0.5)), min(len(line), int(center + 3 * wide + 0.5))
        weights = [lanczos((s + 0.5 - center) / wide) for s in range(first, end)]
        total = math.fsum(weights)
        sums = [math.fsum(w * p[c] for w, p in zip(weights, line[first:end])) / total for c in range(3)]
        result.append([max(0, min(255, math.floor(s + 0.5))) for s in sums])
    return result


def nearest(line, length):
    return [line[(2 * t + 1) * len(line) // (2 * length)] for t in range(length)]


def turned(picture):
    return [list(column) for column in zip(*picture)]


def scaled_picture(picture, width, height, one_direction):
    if width != len(picture[0]):
        picture = [one_direction(row, width) for row in picture]
    if height != len(picture):
        picture = turned([one_direction(column, height) for column in turned(picture)])
    return picture


def resized(picture, width, height, mode, anchor, scale):
    """scale(picture, width, height) knows the filter."""
    w, h = len(picture[0]), len(picture)
    size = {"squash": (width, height)}.get(mode)
    if size is None:
        by_width, by_height = (width, round_half_up(h * width, w)), (round_half_up(w * height, h), height)
        covers = mode != "fit-long"
        first = by_width if (by_width[1] >= height) == covers else by_height
        size = (max(1, first[0]), max(1, first[1]))
    picture = scale(picture, *size)
    vertical, horizontal = (anchor if mode == "crop" else "middle-center").split("-")
    result = [[[0, 0, 0] for _ in range(width)] for _ in range(height)]
    top, left = shift(size[1] - height, vertical), shift(size[0] - width, horizontal)
    for y in range(height):
        for x in range(width):
            if 0 <= y + top < size[1] and 0 <= x + left < size[0]:
                result[y][x] = list(picture[y + top][x + left])
    return result


def round_half_up(numerator, denominator):
    return (2 * numerator + denominator) // (2 * denominator)


def shift(over, side):
    """First pixel that stays; negative where black comes first."""
    if over < 0:
        return -(-over // 2)
    return {"top": 0, "left": 0, "middle": (over + 1) // 2, "center": (over + 1) // 2}.get(side, over)


def with_pillow(picture, width, height):
    image = Image.new("RGB", (len(picture[0]), len(picture)))
    image.putdata([tuple(p) for row in picture for p in row])
    data = list(image.resize((width, height), Image.LANCZOS).getdata())
    return [data[y * width : (y + 1) * width] for y in range(height)]


ANCHORS = [f"{v}-{h}" for v in ["top", "middle", "bottom"] for h in ["left", "center", "right"]]


def resizes(picture):
    sizes = [(6, 6), (13, 9), (9, 5), (20, 11), (4, 17), (1, 1)]
    todo = [(w, h, mode, None) for w, h in sizes for mode in ["squash", "fit-short", "fit-long"]]
    todo += [(5, 5, "crop", anchor) for anchor in ANCHORS] + [(4, 8, "crop", ANCHORS[8])]
    for width, height, mode, anchor in todo:
        for method, direction in [("lanczos3", filtered), ("nearest", nearest)]:
            case = dict(width=width, height=height, mode=mode, method=method)
            if anchor:
                case["anchor"] = anchor
            own = resized(
                picture, width, height, mode, anchor, lambda p, w, h: scaled_picture(p, w, h, direction)
            )
            case["pixels"] = hexed(p for row in own for p in row)
            if method == "lanczos3":
                theirs = resized(picture, width, height, mode, anchor, with_pillow)
                assert all(abs(a - b) <= 1 for r, s in zip(own, theirs) for p, q in zip(r, s) for a, b in zip(p, q))
                case["pillow"] = hexed(p for row in theirs for p in row)
            yield case


def hexed(pixels):
    return bytes(level for pixel in pixels for level in pixel).hex()


def write(name, value):
    (FOLDER / name).write_text(json.dumps(value, indent=0, separators=(",", ":")) + "\n")


def main():
    pictures = {**png_pictures(), **jpeg_pictures()}
    write(
        "pictures.json",
        {
            name: dict(
                bytes=base64.b64encode(data).decode(), fingerprint="xxh128:" + xxhash.xxh128_hexdigest(data), width=w, height=h,
                pixels=hexed(pixels),
            )
            for name, (data, w, h, pixels) in pictures.items()
        },
    )
    source = random_rows(13, 9, 3, 8)
    source[0][0], source[8][12] = [0, 0, 0], [255, 255, 255]
    pixels = hexed(p for row in source for p in row)
    write("resizing.json", dict(width=13, height=9, pixels=pixels, resizes=list(resizes(source))))


main()
