"""Derives the low-pass taps of every wavelet from the mathematics and prints `WaveletTaps.swift`.

usage: derive.py > Sources/DSPKernels/Wavelet/WaveletTaps.swift        (Python 3 and mpmath; a few seconds)

All arithmetic has 80 digits; only the last step rounds to double. Every filter is checked for perfect
reconstruction before it is printed. High-pass filters, zero padding and the rbio family follow by symmetry: see
`WaveletFilter`.

With y = sin^2(w/2), the half-band polynomial of order L is P(y) = sum_{k<L} binomial(L-1+k, k) y^k.

db     (1+z)^N times the spectral factor of P (L = N) with all zeros inside the unit circle. I. Daubechies,
       Orthonormal bases of compactly supported wavelets, Comm. Pure Appl. Math. 41 (1988).
sym    the spectral factor whose phase is nearest to a straight line: the smallest largest deviation over 0...pi.
       A filter and its reverse tie; LATE says which of the two the name stands for. I. Daubechies, Ten Lectures on
       Wavelets (1992), 8.1. sym2 and sym3 have no choice: they are db2 and db3.
coif   orthonormal, with 2K vanishing moments of the wavelet and 2K-1 of the scaling function. Newton's method,
       started from the filter's shape to one decimal, which selects one of several solutions. Ten Lectures, 8.2.
bior   1.x, 2.x, 3.x: a B-spline for synthesis, its shortest dual for analysis. 4.4, 5.5, 6.8: the zeros of P are
       shared out as SHARES says. A. Cohen, I. Daubechies, J.-C. Feauveau, Biorthogonal bases of compactly supported
       wavelets, Comm. Pure Appl. Math. 45 (1992). What tables call 5.5 has 4 zeros at z = -1 in the analysis
       filter and 6 in the synthesis filter.
"""
import itertools
import textwrap

import mpmath as mp

mp.mp.dps = 80
TINY = mp.mpf(10) ** -40

# Symlets whose analysis low-pass has the centre of its energy after the middle.
LATE = {7}

# Analysis low-pass to one decimal, and the row of the scaling function's centre.
COIFLETS = {
    1: (3, [0, -0.1, 0.4, 0.9, 0.3, -0.1]),
    2: (7, [0, 0, 0, 0, -0.1, -0.1, 0.4, 0.8, 0.4, -0.1, 0, 0]),
    3: (11, [0, 0, 0, 0, 0, 0, 0, 0, -0.1, -0.1, 0.4, 0.8, 0.4, -0.1, -0.1, 0, 0, 0]),
}

SPLINES = ["1.3", "1.5", "2.2", "2.4", "2.6", "2.8", "3.1", "3.3", "3.5", "3.7", "3.9"]

# Order L, zeros of the analysis filter at z = -1, and its zeros of P, counted by rising real part.
SHARES = {"4.4": (4, 4, [1, 2]), "5.5": (5, 4, [2, 3]), "6.8": (7, 8, [0, 1, 4, 5])}


def multiply(a, b):
    product = [mp.mpf(0)] * (len(a) + len(b) - 1)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            product[i + j] += x * y
    return product


def binomial(power):
    """((1 + z) / 2)^power."""
    taps = [mp.mpf(1)]
    for _ in range(power):
        taps = multiply(taps, [mp.mpf(1) / 2, mp.mpf(1) / 2])
    return taps


def scaled(taps):
    """Real parts, scaled to the sum sqrt(2)."""
    assert all(abs(mp.im(t)) < TINY for t in taps)
    factor = mp.sqrt(2) / mp.re(sum(taps))
    return [mp.re(t) * factor for t in taps]


def half_band(order):
    return [mp.binomial(order - 1 + k, k) for k in range(order)]


def half_band_zeros(order):
    """Zeros of P, by rising real part, so that complex pairs are neighbours."""
    zeros = mp.polyroots(half_band(order)[::-1], maxsteps=500, extraprec=400)
    return sorted(zeros, key=lambda y: (mp.floor(mp.re(y) * mp.mpf(10) ** 30 + 0.5), mp.im(y)))


# --- orthonormal filters


def spectral_zeros(order):
    """Groups of zeros in z inside the unit circle: a real one, or a complex pair. y = (2 - z - 1/z) / 4."""
    groups = []
    for y in half_band_zeros(order):
        if mp.im(y) < -TINY:
            continue
        z = 1 - 2 * y + 2 * mp.sqrt(y * y - y)
        if abs(z) > 1:
            z = 1 / z
        groups.append([mp.re(z)] if abs(mp.im(y)) < TINY else [z, mp.conj(z)])
    return groups


def from_zeros(order, groups):
    """Filter with `order` zeros at -1 and the others given; energy first where they are inside the circle."""
    taps = binomial(order)
    for z in itertools.chain.from_iterable(groups):
        taps = multiply(taps, [mp.mpf(1), -z])
    return scaled(taps)


def phase_deviation(groups, points=400):
    """Largest distance of the phase of prod (1 - z e^-iw) from the straight line through its ends, 0 <= w <= pi."""
    phases = []
    for k in range(points + 1):
        w = mp.pi * k / points
        phase = mp.mpf(0)
        for z in itertools.chain.from_iterable(groups):
            # Outside the circle: 1 - z e^-iw = -z e^-iw (1 - e^iw / z), so that the phase stays continuous.
            phase += mp.arg(1 - z * mp.expj(-w)) if abs(z) < 1 else -w + mp.arg(1 - mp.expj(w) / z)
        phases.append(phase)
    slope = (phases[-1] - phases[0]) / points
    return max(abs(p - phases[0] - slope * k) for k, p in enumerate(phases))


def daubechies(order):
    # Analysis runs against time: the reverse of the filter with its energy first.
    return from_zeros(order, spectral_zeros(order))[::-1]


def symlet(order):
    groups = spectral_zeros(order)
    # The first group stays inside: flipping all groups gives the mirror image.
    choices = []
    for flips in itertools.product([False, True], repeat=len(groups) - 1):
        choice = groups[:1] + [[1 / z for z in g] if flip else g for g, flip in zip(groups[1:], flips)]
        choices.append((mp.mpf(phase_deviation(choice)), choice))
    taps = from_zeros(order, min(choices, key=lambda c: c[0])[1])
    centre = sum(i * t * t for i, t in enumerate(taps)) - mp.mpf(len(taps) - 1) / 2
    return taps[::-1] if (centre > 0) != (order in LATE) else taps


def coiflet(k):
    centre, start = COIFLETS[k]
    taps = mp.matrix([mp.mpf(str(t)) for t in start])
    n = len(taps)
    moments = [[mp.mpf(i - centre) ** p for i in range(n)] for p in range(2 * k)]

    def at(i):
        return taps[i] if 0 <= i < n else mp.mpf(0)

    for _ in range(40):
        rows, residual = [], []
        for shift in range(0, n, 2):  # orthonormality
            rows.append([at(i + shift) + at(i - shift) for i in range(n)])
            residual.append(sum(at(i) * at(i + shift) for i in range(n)) - (shift == 0))
        for p, powers in enumerate(moments):  # vanishing moments; the low-pass sums to sqrt(2)
            rows.append([(-1) ** i * m for i, m in enumerate(powers)])
            rows.append(powers)
            residual.append(sum((-1) ** i * m * at(i) for i, m in enumerate(powers)))
            residual.append(sum(m * at(i) for i, m in enumerate(powers)) - (mp.sqrt(2) if p == 0 else 0))
        if max(abs(r) for r in residual) < mp.mpf(10) ** -70:
            return [taps[i] for i in range(n)]
        # More equations than unknowns, consistent at the solution: the least-squares step, the shortest one where the
        # zeros of the start leave it undetermined.
        u, s, v = mp.svd_r(mp.matrix(rows))
        step = u.T * mp.matrix(residual)
        taps -= v.T * mp.matrix([step[i] / s[i] if s[i] > TINY else mp.mpf(0) for i in range(n)])
    raise ArithmeticError(f"coif{k} does not converge")


# --- biorthogonal filters


def symmetric(zeros_at_minus_one, zeros):
    """Product of (1 - y / zero), times the zeros at z = -1."""
    taps = binomial(zeros_at_minus_one)
    for y in zeros:
        taps = multiply(taps, [1 / (4 * y), 1 - 1 / (2 * y), 1 / (4 * y)])
    return scaled(taps)


def spline(name):
    """Analysis and synthesis low-pass."""
    synthesis, analysis = (int(n) for n in name.split("."))
    order = (synthesis + analysis) // 2
    return symmetric(analysis, half_band_zeros(order) if order > 1 else []), symmetric(synthesis, [])


def shared(name):
    """Analysis and synthesis low-pass."""
    order, at_minus_one, own = SHARES[name]
    zeros = half_band_zeros(order)
    others = [y for i, y in enumerate(zeros) if i not in own]
    return symmetric(at_minus_one, [zeros[i] for i in own]), symmetric(2 * order - at_minus_one, others)


# --- checks and output


def check(name, analysis, synthesis):
    """The product of both filters is a half-band filter: 1 in the middle, 0 at every other even distance."""
    product = multiply(analysis, synthesis)
    middle = len(product) // 2
    for i, value in enumerate(product):
        if (i - middle) % 2 == 0:
            assert abs(value - (i == middle)) < TINY, f"{name} does not reconstruct"
    assert abs(sum(analysis) - mp.sqrt(2)) < TINY and abs(sum(synthesis) - mp.sqrt(2)) < TINY, name


def listed(name, taps, separator):
    """An array literal of the nearest doubles."""
    numbers = ", ".join(repr(float(mp.nstr(t, 40))) for t in taps)
    lines = textwrap.wrap(numbers, width=110, break_on_hyphens=False)
    return f"    {name}[\n      " + "\n      ".join(lines) + f",\n    ]{separator}"


def orthonormal_family(title, doc, members, divisor=1):
    print(f"\n  /// {doc}\n  static let {title}: [[Double]] = [")
    for name, taps in members:
        check(name, taps, taps[::-1])
        print(listed("", [t / divisor for t in taps], ","))
    print("  ]")


def main():
    print("// Written by Fixtures/wavelets/derive.py: do not edit.\n")
    print("/// Low-pass taps from which all filters follow, without padding.\nenum WaveletTaps {", end="")
    orthonormal_family(
        "daubechies", "Analysis low-pass of db2 to db10.", [(f"db{n}", daubechies(n)) for n in range(2, 11)])
    orthonormal_family(
        "symlets", "Analysis low-pass of sym4 to sym10.", [(f"sym{n}", symlet(n)) for n in range(4, 11)])
    orthonormal_family(
        "coiflets", "Analysis low-pass of coif1 to coif3, divided by the square root of 2.",
        [(f"coif{k}", coiflet(k)) for k in range(1, 4)], divisor=mp.sqrt(2))
    print("\n  /// Analysis and synthesis low-pass of the bior family; both are symmetric.")
    print("  static let biorthogonal: [(name: String, analysis: [Double], synthesis: [Double])] = [")
    pairs = [(name, *spline(name)) for name in SPLINES] + [(name, *shared(name)) for name in SHARES]
    for name, analysis, synthesis in pairs:
        check(name, analysis, synthesis)
        print(f'    (\n      name: "{name}",')
        for label, taps in (("analysis", analysis), ("synthesis", synthesis)):
            text = listed(f"{label}: ", taps, "," if label == "analysis" else "")
            print("\n".join("  " + line for line in text.split("\n")))
        print("    ),")
    print("  ]\n}")


if __name__ == "__main__":
    main()
