#!/usr/bin/env python3
"""Write the .npy files beside this script: what NumPy writes, and what others write by hand.

Run it with NumPy installed (the committed files are from NumPy 2.4.6, Python 3.11):

    python3 Fixtures/npy/write_examples.py

The tests know the same values. Element k, counted in C order, is

    float            (k - 3) / 2        exact in float16
    signed integer   k - 3
    unsigned integer k
    bool             k % 3 == 0

Groups of files, by the start of the name:

    dtype-*     every dtype in both byte orders, shape (3, 4)
    special-*   the values that conversions get wrong; see SPECIAL
    order-*     Fortran order
    shape-*     no dimension, one, three, empty
    version-*   format 2.0 and 3.0
    spelling-*  headers typed by hand (HAND_WRITTEN), data float32 of shape (3, 4) or (5,)
    writer-*    numpy.save of little-endian arrays, which the Swift writer must repeat byte for byte
    refused-*   valid files of types that are not numbers

Running it again gives the same bytes.
"""

import io
import pathlib
import struct

import numpy as np

FOLDER = pathlib.Path(__file__).resolve().parent


def numbers(dtype, shape):
    """The array that the rule above describes."""
    dtype = np.dtype(dtype)
    k = np.arange(int(np.prod(shape, dtype=np.int64)), dtype=np.int64).reshape(shape)
    if dtype.kind == "f":
        return ((k - 3) / 2).astype(dtype)
    if dtype.kind == "i":
        return (k - 3).astype(dtype)
    if dtype.kind == "u":
        return k.astype(dtype)
    return k % 3 == 0


def save(name, array, version=None, allow_pickle=False):
    buffer = io.BytesIO()
    if version is None:
        np.save(buffer, array, allow_pickle=allow_pickle)
    else:
        np.lib.format.write_array(buffer, array, version=version, allow_pickle=allow_pickle)
    (FOLDER / f"{name}.npy").write_bytes(buffer.getvalue())


def by_hand(name, header, data, version=(1, 0)):
    """A file whose header text is given; nothing is padded."""
    text = header.encode("utf-8")
    length = struct.pack("<H" if version == (1, 0) else "<I", len(text))
    (FOLDER / f"{name}.npy").write_bytes(b"\x93NUMPY" + bytes(version) + length + text + data)


# name, then the values as bits of the little-endian type, so that nothing is rounded on the way here
SPECIAL = {
    # 0, -0, smallest subnormal, largest subnormal, smallest normal, 65504, inf, -inf, NaN
    "f2": [0x0000, 0x8000, 0x0001, 0x03FF, 0x0400, 0x7BFF, 0x7C00, 0xFC00, 0x7E00],
    # the same for float32; the last is a NaN with sign and payload
    "f4": [0x00000000, 0x80000000, 0x00000001, 0x007FFFFF, 0x00800000, 0x7F7FFFFF, 0x7F800000, 0xFF800000,
           0xFFC12345],
    "f8": [0, 1 << 63, 1, 0x000FFFFFFFFFFFFF, 0x0010000000000000, 0x7FEFFFFFFFFFFFFF, 0x7FF0000000000000,
           0xFFF0000000000000, 0x7FF8000000000000],
    # min, max, 2**53, 2**53 + 1 (rounds down to even), 2**53 + 3 (rounds up to even)
    "i8": [1 << 63, (1 << 63) - 1, 1 << 53, (1 << 53) + 1, (1 << 53) + 3],
    "u8": [0, (1 << 64) - 1, 1 << 63, (1 << 53) + 1, (1 << 53) + 3],
    "i1": [0x80, 0x7F, 0xFF],
    "u4": [0, 0xFFFFFFFF],
}

# name: (header text, shape)
HAND_WRITTEN = {
    # Studio's y.npy: a trailing comma and blanks inside the tuple
    "studio": ("{'descr': '<f4', 'fortran_order': False, 'shape': (3,4,             ), }   \n", (3, 4)),
    "tight": ("{'descr':'<f4','fortran_order':False,'shape':(3,4)}", (3, 4)),
    "loose": ("  {\t'descr'\n:\r\n'<f4' , 'fortran_order' :False,\n 'shape' : ( 3 ,\t4 ) , } \n\n", (3, 4)),
    "keys": ("{'shape': (3, 4), 'fortran_order': False, 'descr': '<f4'}\n", (3, 4)),
    "double-quotes": ('{"descr": "<f4", "fortran_order": False, "shape": (3, 4), }\n', (3, 4)),
    "mixed-quotes": ("{\"descr\": '<f4', 'fortran_order': False, \"shape\": (3, 4), }\n", (3, 4)),
    "long": ("{'descr': '<f4', 'fortran_order': False, 'shape': (3L, 4L), }\n", (3, 4)),
    "long-vector": ("{'descr': '<f4', 'fortran_order': False, 'shape': (5L,), }\n", (5,)),
    "vector-blanks": ("{'descr': '<f4', 'fortran_order': False, 'shape': ( 5 , ), }\n", (5,)),
    "native": ("{'descr': '=f4', 'fortran_order': False, 'shape': (3, 4), }\n", (3, 4)),
    "bar": ("{'descr': '|f4', 'fortran_order': False, 'shape': (3, 4), }\n", (3, 4)),
    "no-order": ("{'descr': 'f4', 'fortran_order': False, 'shape': (3, 4), }\n", (3, 4)),
}


def main():
    for code in ["f2", "f4", "f8", "i2", "i4", "i8", "u2", "u4", "u8"]:
        save(f"dtype-{code}-little", numbers("<" + code, (3, 4)))
        save(f"dtype-{code}-big", numbers(">" + code, (3, 4)))
    for code in ["i1", "u1", "b1"]:
        save(f"dtype-{code}", numbers(code, (3, 4)))

    for code, bits in SPECIAL.items():
        array = np.array(bits, dtype="<u" + code[1]).view("<" + code)
        save(f"special-{code}-little", array)
        save(f"special-{code}-big", np.array(bits, dtype=">u" + code[1]).view(">" + code))

    save("order-fortran-2d", np.asfortranarray(numbers("<f4", (3, 4))))
    save("order-fortran-3d", np.asfortranarray(numbers("<f8", (2, 3, 4))))
    save("order-fortran-big", np.asfortranarray(numbers(">i2", (4, 3))))
    by_hand("order-fortran-vector", "{'descr': '<f4', 'fortran_order': True, 'shape': (5,), }\n",
            numbers("<f4", (5,)).tobytes())

    for name, shape in [("none", ()), ("vector", (5,)), ("three", (2, 3, 4)), ("empty", (0,)),
                        ("empty-rows", (0, 4)), ("empty-columns", (3, 0)), ("ones", (1, 1, 1, 1))]:
        save(f"shape-{name}", numbers("<f8", shape))

    save("version-2", numbers("<f4", (3, 4)), version=(2, 0))
    save("version-3", numbers("<f4", (3, 4)), version=(3, 0))
    by_hand("version-2-long", "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }" + " " * 9000 + "\n",
            numbers("<f4", (3, 4)).tobytes(), version=(2, 0))

    for name, (header, shape) in HAND_WRITTEN.items():
        by_hand(f"spelling-{name}", header, numbers("<f4", shape).tobytes())

    for code in ["f4", "i4", "f8"]:
        for name, shape in [("2d", (3, 4)), ("row", (1, 33)), ("column", (130, 1)), ("vector", (7,)),
                            ("empty", (0, 5)), ("none", ()), ("three", (2, 3, 4))]:
            save(f"writer-{code}-{name}", numbers("<" + code, shape))
    # The text is a multiple of 64 without padding: NumPy adds 63 blanks and the newline nevertheless
    save("writer-f4-exact-64", numbers("<f4", (1,) * 13 + (100,)))
    # One character less: the newline is the only padding
    save("writer-f4-below-64", numbers("<f4", (1,) * 13 + (10,)))

    save("refused-complex", numbers("<f8", (2, 2)).astype("<c16"))
    save("refused-text", np.array(["idle", "wave"]))
    save("refused-bytes", np.array([b"idle", b"wave"]))
    save("refused-record", np.array([(1, 2.0)], dtype=[("a", "<i4"), ("b", "<f4")]))
    save("refused-dates", np.array(["2024-01-01"], dtype="M8[D]"))
    # Objects carry no pickle here: the header alone decides
    by_hand("refused-object", "{'descr': '|O', 'fortran_order': False, 'shape': (2,), }\n", b"\x80\x04N.")


if __name__ == "__main__":
    main()
