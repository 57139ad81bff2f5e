"""Independent implementation of every processing block in NumPy, written from a description of the blocks.

PyWavelets gives filter taps only. compare.py runs it against EdgeDSP.
"""

import math

import numpy as np
import pywt

f4 = np.float32


class Refuse(Exception):
    pass


def mean(a):
    # NumPy's own sum in pairs, in the type of the values.
    return a.dtype.type(np.add.reduce(a) / len(a))


def moments(a):
    d = a - mean(a)
    d2 = d * d
    return mean(a), mean(d2), mean(d2 * d), mean(d2 * d2)


def skew_kurt(a):
    m, m2, m3, m4 = moments(a)
    eps = {np.dtype("f4"): 1e-6, np.dtype("f8"): 1e-15}[a.dtype]
    if np.float64(m2) <= (a.dtype.type(eps) * m) ** 2:
        return 0.0, -3.0
    return float(m3) / float(m2) ** 1.5, float(m4) / float(m2) ** 2 - 3


def rms(a):
    return float(np.sqrt(mean(a * a)))


# Filters.
def order_sections(z_sign, p, k):
    # One pole of each conjugate pair, the least resonant first.
    up = [x for x in p if x.imag > 0]
    up.sort(key=lambda x: abs(abs(x) - 1), reverse=True)
    sos = []
    for i, x in enumerate(up):
        g = k if i == 0 else 1.0
        sos.append([g, 2 * z_sign * g, g, 1.0, -2 * x.real, abs(x) ** 2])
    return np.array(sos)


def butter(n, wn, kind):
    pr = [-np.exp(1j * np.pi * m / (2 * n)) for m in range(-n + 1, n, 2)]
    w = 4 * math.tan(math.pi * wn / 2)
    if kind == "low":
        pa = [w * q for q in pr]
        k = w**n
        nz = 0
    else:
        pa = [w / q for q in pr]
        k = 1.0
    den = np.prod([4 - q for q in pa])
    k = k * (1 / den).real if kind == "low" else k * ((4.0**n) / den).real
    pd = [(4 + q) / (4 - q) for q in pa]
    return order_sections(1 if kind == "low" else -1, pd, k)


def cheby(n, rp, wn):
    e = math.sqrt(10 ** (0.1 * rp) - 1)
    mu = math.asinh(1 / e) / n
    pr = [-np.sinh(mu + 1j * np.pi * m / (2 * n)) for m in range(-n + 1, n, 2)]
    k = np.prod([-q for q in pr]).real / math.sqrt(1 + e * e)
    w = 4 * math.tan(math.pi * wn / 2)
    pa = [w * q for q in pr]
    k *= w**n
    k *= (1 / np.prod([4 - q for q in pa])).real
    return order_sections(1, [(4 + q) / (4 - q) for q in pa], k)


def steady(sos):
    zi = []
    scale = 1.0
    for b0, b1, b2, _, a1, a2 in sos:
        g = (b0 + b1 + b2) / (1 + a1 + a2)
        # The state in which an input of 1 gives the constant output g.
        z1 = b2 - a2 * g
        z0 = b1 - a1 * g + z1
        zi.append((scale * z0, scale * z1))
        scale *= g
    return zi


def sosfilt(sos, x, zi, T):
    y = x.astype(T).copy()
    for (b0, b1, b2, _, a1, a2), (s0, s1) in zip(sos.astype(T), zi):
        s0 = T(s0)
        s1 = T(s1)
        for i in range(len(y)):
            v = y[i]
            o = b0 * v + s0
            s0 = b1 * v - a1 * o + s1
            s1 = b2 * v - a2 * o
            y[i] = o
    return y


def decimate(x, r):
    sos = cheby(8, 0.05, 0.8 / r)
    zi = [(a * float(x[0]), b * float(x[0])) for a, b in steady(sos)]
    return sosfilt(sos, x.astype(np.float64), zi, np.float64)[::r]


def stable(n, fc, fs):
    a = f4(math.tan(math.pi * fc / fs))
    a2 = f4(a * a)
    worst = 0
    for ix in range(n // 2):
        r = math.sin(math.pi * (2 * ix + 1) / (2 * n))
        s = float(a2) + 2 * float(a) * r + 1
        A = f4(float(a2) / s)
        d1 = f4(2 * (1 - float(a2)) / s)
        d2 = f4(-(float(a2) - 2 * float(a) * r + 1) / s)
        worst = max(worst, np.abs(np.roots([f4(1), -d1, -d2])).max())
    return worst < 1


def fmt(x):
    # Two decimals, as NumPy rounds.
    v = np.rint(x * 100) / 100
    return repr(float(v))


def maxhold(x, n, overlap):
    step = n // 2 if overlap else n
    P = np.zeros(n // 2 + 1)
    i = 0
    while i < len(x):
        P = np.maximum(P, np.abs(np.fft.rfft(x[i : i + n].astype(float), n)) ** 2 / n)
        i += step
    return P


def specfeat(fx, fs, n, ft, fc, dolog, ov, stats, suf):
    s, k = skew_kurt(fx)
    F = [rms(fx), s, k]
    L = ["RMS" + suf, "Skewness" + suf, "Kurtosis" + suf]
    P = maxhold(fx, n, ov)
    fr = np.arange(n // 2 + 1) * (1.0 / (n * (1 / fs)))
    if stats:
        s, k = skew_kurt(P)
        F += [s, k]
        L += ["Spectral Skewness" + suf, "Spectral Kurtosis" + suf]
    if dolog:
        P = np.log10(np.where(P == 0, 1e-10, P))
    fc = min(fc, fs / 2)
    b = fc * n / fs
    lo, hi = 1, n // 2 + 1
    if ft == "high":
        lo = max(1, int(b - 0.5) + 1)
    if ft == "low":
        hi = int(b + 0.5) + 1
    if hi <= lo:
        raise Refuse("Cutoff frequency masked all FFT bins.")
    d = fr[1]
    for i in range(lo, hi):
        F.append(P[i])
        L.append("Spectral Power %s - %s Hz" % (fmt(fr[i] - d / 2), fmt(fr[i] + d / 2)))
    return F, L


# Wavelets.
def ext(i, n):
    # The signal is mirrored at its ends, which count twice.
    p = 2 * n
    i %= p
    return i if i < n else p - 1 - i


def dwt(x, lo, hi):
    T = x.dtype.type
    F = len(lo)
    N = len(x)
    n = (N + F - 1) // 2
    lo = np.array(lo, T)
    hi = np.array(hi, T)
    A = np.empty(n, T)
    D = np.empty(n, T)
    for k in range(n):
        i = 2 * k + 1
        js = tap_order(i, F, N)
        a = T(0)
        d = T(0)
        for j in js:
            v = x[ext(i - j, N)]
            a = T(a + lo[j] * v)
            d = T(d + hi[j] * v)
        A[k] = a
        D[k] = d
    return A, D


def tap_order(i, F, N):
    # The order of the sum decides the last digit: what lies beyond the right end comes first.
    if i >= N:
        over = [j for j in range(F) if i - j >= N]
        return over[::-1] + [j for j in range(F) if i - j < N]
    return range(F)


def hist_entropy(x):
    lo, hi = x.min(), x.max()
    T = x.dtype.type
    if not (np.isfinite(lo) and np.isfinite(hi)):
        raise Refuse("autodetected range")
    if lo == hi:
        lo, hi = T(lo - T(0.5)), T(hi + T(0.5))
    e = np.linspace(lo, hi, 101, dtype=x.dtype)
    # A value belongs to the last edge that is not above it; the last bin holds its right edge too.
    idx = np.searchsorted(e, x, side="right") - 1
    idx[x == e[-1]] = 99
    c = np.bincount(idx, minlength=100)
    dens = c / np.diff(e).astype(float) / c.sum()
    p = dens / dens.sum()
    p = p[p > 0]
    return -np.sum(p * np.log(p))


def pct(s, q):
    return s[int((len(s) - 1) * q / 100 + 0.5)]


def wfeat(x):
    n = len(x)
    F = [hist_entropy(x)]
    F.append(np.count_nonzero(np.diff(x > 0)) / n)
    F.append(np.count_nonzero(np.diff(x > mean(x))) / n)
    s = np.sort(x)
    F += [pct(s, 5), pct(s, 25), pct(s, 75), pct(s, 95), pct(s, 50)]
    m = mean(s)
    v = s - m
    v = v * v
    T = s.dtype.type
    F += [m, np.sqrt(mean(v)), T(np.add.reduce(v) / (n - 1)), np.sqrt(mean(s * s))]
    if F[-1] == 0:
        F += [0, 0]
    else:
        F += list(skew_kurt(s))
    return [float(q) for q in F]


WN = [
    "entropy",
    "zcross",
    "mcross",
    "n5",
    "n25",
    "n75",
    "n95",
    "median",
    "mean",
    "std",
    "var",
    "rms",
    "skew",
    "kurtosis",
]


def spectral(c, raw):
    p = c["params"]
    v = c["implementation_version"]
    na = len(c["axes"])
    fs0 = c["sampling_freq"]
    X = raw.reshape(-1, na)
    r = int(p["input_decimation_ratio"])
    n = p["fft_length"]
    F = []
    L = []
    LF = []
    LL = []
    ft = p["filter_type"]
    sos = None
    if ft != "none" and p["filter_order"] > 0:
        fs = fs0 / r
        sos = butter(p["filter_order"], p["filter_cutoff"] * 2 / fs, ft).astype(f4)
        if not stable(p["filter_order"], p["filter_cutoff"], fs):
            raise Refuse("stable")
    for a in range(na):
        fx = X[:, a].astype(f4) * f4(p["scale_axes"])
        fs = fs0
        if r > 1:
            for q in {3: [3], 10: [10], 30: [3, 10], 100: [10, 10], 1000: [10, 10, 10]}[r]:
                fx = decimate(fx, q)
                fs /= q
        if sos is not None:
            fx = sosfilt(sos, fx, [(0, 0)] * len(sos), fx.dtype.type)
        fx = fx - mean(fx)
        if v >= 3 and p["analysis_type"] == "Wavelet":
            if len(fx) < 32 * 2 ** p["wavelet_level"]:
                raise Refuse("Wavelet decomposition level is too high")
            w = pywt.Wavelet(p["wavelet"])
            cur = fx
            det = []
            lo_, hi_ = w.dec_lo, w.dec_hi
            if p["wavelet"].startswith("coif") and fx.dtype == f4:
                q2 = math.sqrt(2)
                lo_, hi_ = [[f4(f4(t / q2) * f4(q2)) for t in z] for z in (lo_, hi_)]
            for _ in range(p["wavelet_level"]):
                cur, d = dwt(cur, lo_, hi_)
                det.append(d)
            for k, b in enumerate([cur] + det[::-1]):
                F += wfeat(b)
                if a == 0:
                    L += ["L%d-%s" % (k, q) for q in WN]
        elif v == 1:
            F.append(rms(fx))
            N = n
            # The reference transforms in single precision; rounding afterwards is within the tolerance.
            y = np.fft.fft(fx, n).astype(np.complex64)
            h = f4(2.0 / N) * np.abs(y[: N // 2])
            pk = peaks(h)
            grid = np.linspace(0, 1 / (2 * (1 / fs)), N // 2)
            ps = [(grid[i], float(h[i])) for i in pk if not float(h[i]) < p["spectral_peaks_threshold"]]
            ps = sorted(ps, key=lambda t: -t[1])[: p["spectral_peaks_count"]]
            ps += [(0, 0)] * (p["spectral_peaks_count"] - len(ps))
            for q in ps:
                F += list(q)
            ed = [float(q) for q in p["spectral_power_edges"].split(",")]
            seg = fx[:n]
            seg = seg - mean(seg)
            T = np.fft.rfft(seg, n).astype(np.complex64)
            P = (T.real**2 + T.imag**2) * f4(1 / (fs * len(seg)))
            P[1:-1] *= 2
            fr = np.arange(n // 2 + 1) / (n * (1 / fs))
            for b in range(len(ed) - 1):
                sel = (fr >= ed[b]) & (fr < ed[b + 1])
                s = 0
                for q in P[sel]:
                    s = s + q
                F.append(float(s / sel.sum() / 10) if sel.any() else 0)
            L = ["RMS"]
        else:
            f, L = specfeat(fx, fs, n, ft, p["filter_cutoff"], p["do_log"], p["do_fft_overlap"], v >= 4, "")
            F += f
            if v >= 4 and p["extra_low_freq"]:
                g = decimate(fx, 10)
                if len(g) < n / 2:
                    raise Refuse("Extra")
                g = g - mean(g)
                f, l = specfeat(g, fs / 10, n, ft, p["filter_cutoff"], p["do_log"], p["do_fft_overlap"], True, " LF")
                LF += f
                LL = l
    if v == 1:
        for k in range(p["spectral_peaks_count"]):
            L += ["Peak %d Freq" % (k + 1), "Peak %d Height" % (k + 1)]
        ed = [float(q) for q in p["spectral_power_edges"].split(",")]
        L += ["Spectral Power %r - %r Hz" % (ed[k], ed[k + 1]) for k in range(len(ed) - 1)]
    return np.array(F + LF, float), L + LL, {"type": "flat", "shape": {"width": len(F + LF)}}, [n]


def peaks(y):
    # Local maxima above the minimum; of a plateau the middle.
    out = []
    n = len(y)
    if n < 3 or (np.diff(y) == 0).all():
        return []
    d = np.diff(y).copy()
    z = np.flatnonzero(d == 0)
    if len(z):
        groups = np.split(z, np.flatnonzero(np.diff(z) != 1) + 1)
        for g in groups:
            l = d[g[0] - 1] if g[0] > 0 else None
            r = d[g[-1] + 1] if g[-1] < len(d) - 1 else None
            mid = (g[0] + g[-1]) / 2
            for i in g:
                d[i] = r if l is None else l if r is None else (l if i < mid else r)
    return [i for i in range(1, n - 1) if d[i - 1] > 0 and d[i] < 0 and y[i] > y.min()]


# Frames of audio.
def cuc(v):
    fl = math.floor(v)
    return fl if v > fl and v - fl < 0.001 else math.ceil(v)


def framing(N, fs, fl, st, v):
    L = int(np.round(fs * fl)) if v == 1 else int(cuc(fs * fl))
    S = float(cuc(fs * st))
    n = math.floor((N - L) / S) if v == 1 else math.floor((N - (L - S)) / S)
    return n, L, int(S)


def power(x, fs, fl, st, v, nfft):
    n, L, S = framing(len(x), fs, fl, st, v)
    if n < 1:
        raise Refuse("Frame length is larger than your window size")
    if n > 500:
        raise Refuse("frames")
    fr = np.stack([x[i * S : i * S + L] for i in range(n)]).astype(float)
    A = np.abs(np.fft.rfft(fr, nfft))
    return 1.0 / nfft * (A * A)


def melbank(nf, nfft, fs, lo, hi, old):
    hi = hi or fs / 2
    C = nfft // 2 + 1
    m = np.linspace(1127 * np.log(1 + lo / 700.0), 1127 * np.log(1 + hi / 700.0), nf + 2)
    hz = 700 * (np.exp(m / 1127.0) - 1)
    hz[-1] -= 0.001
    pts = C if old else nfft
    b = np.floor((pts + 1) * hz / fs).astype(int)
    W = np.zeros((nf, C))
    for i in range(nf):
        l, c, r = b[i], b[i + 1], b[i + 2]
        if l == c == r:
            raise Refuse("zero row")
        for k in range(l, r + 1):
            if c <= k < r:
                W[i, k] = (r - k) / (r - c)
            elif l < k <= c:
                W[i, k] = (k - l) / (c - l)
    return W


def sym(i, n):
    return ext(i, n)


def cmvn(F, win, var):
    R = len(F)
    h = (win - 1) // 2
    idx = [sym(i, R) for i in range(-h, R + h)]
    P = F[idx]
    M = np.zeros(F.shape, f4)
    for i in range(R):
        M[i] = F[i] - P[i : i + win].mean(0)
    if not var:
        return M
    Q = M[idx]
    O = np.zeros(F.shape, f4)
    for i in range(R):
        O[i] = M[i] / (Q[i : i + win].std(0) + f4(1e-10))
    return O


def shape2d(a):
    return {"type": "spectrogram", "shape": {"width": a.shape[0], "height": a.shape[1]}}


def mfe(c, raw):
    p = c["params"]
    v = c["implementation_version"]
    fs = c["sampling_freq"]
    x = raw.astype(float)
    if v >= 3:
        x = (x / 32768).astype(f4)
        x = (x - f4(0.98) * np.roll(x, 1)).astype(float)
    P = power(x, fs, p["frame_length"], p["frame_stride"], v, p["fft_length"])
    W = melbank(p["num_filters"], p["fft_length"], fs, p["low_frequency"], p["high_frequency"], v <= 3)
    M = P @ W.T
    M = np.where(M == 0, 1e-10, M)
    if v < 3:
        Y = cmvn(M, p["win_size"], False)
        if Y.min() != 0 and Y.max() != 0:
            Y = (Y - Y.min()) / (Y.max() - Y.min())
        Y[np.isnan(Y)] = 0
    else:
        Y = 10 * np.log10(np.clip(M, 1e-30, None))
        nf = p["noise_floor_db"]
        Y = np.clip((Y - nf) / (-nf + 12), 0, 1)
        q = np.rint(Y * 256)
        q[np.isnan(q)] = 0
        q[q == 256] = 0
        Y = q / 256
    return Y.flatten().astype(float), None, shape2d(Y), [p["fft_length"]]


def mfcc(c, raw):
    p = c["params"]
    v = c["implementation_version"]
    fs = c["sampling_freq"]
    x = raw.astype(float)
    x = x - p["pre_cof"] * np.roll(x, p["pre_shift"])
    P = power(x, fs, p["frame_length"], p["frame_stride"], v, p["fft_length"])
    E = P.sum(1)
    E = np.where(E == 0, 1e-10, E)
    nf = p["num_filters"]
    W = melbank(nf, p["fft_length"], fs, p["low_frequency"], p["high_frequency"], v <= 3)
    M = P @ W.T
    M = np.log(np.where(M == 0, 1e-10, M))
    k = np.arange(nf)
    D = np.cos(np.pi * np.outer(2 * k + 1, k) / (2 * nf)) * math.sqrt(2 / nf)
    D[:, 0] /= math.sqrt(2)
    C = (M @ D)[:, : p["num_cepstral"]]
    C[:, 0] = np.log(E)
    if p["win_size"] > 0:
        C = cmvn(C, p["win_size"], True)
    return (
        C.flatten().astype(float),
        None,
        {"type": "spectrogram", "shape": {"width": C.size / p["num_cepstral"], "height": p["num_cepstral"]}},
        [nf, p["fft_length"]],
    )


def spectrogram(c, raw):
    p = c["params"]
    v = c["implementation_version"]
    fs = c["sampling_freq"]
    x = raw.astype(float)
    if v == 3 and ((x < -1) | (x > 1)).any():
        x = (x / 32768).astype(f4).astype(float)
    P = power(x, fs, p["frame_length"], p["frame_stride"], v, p["fft_length"])
    if v < 3:
        P = (P - P.min()) / (P.max() - P.min())
        P[np.isnan(P)] = 0
    else:
        nf = p["noise_floor_db"]
        P = (10 * np.log10(np.clip(P, 1e-30, None)) - nf) / (-nf + 12)
        P = np.clip(P, 0, 1 if v == 3 else None)
    return P.flatten(), None, shape2d(P), [p["fft_length"]]


def flatten(c, raw):
    p = c["params"]
    X = (raw.astype(float) * p["scale_axes"]).reshape(-1, len(c["axes"]))
    F = []
    L = [
        l
        for k, l in (
            ("average", "Average"),
            ("minimum", "Minimum"),
            ("maximum", "Maximum"),
            ("rms", "RMS"),
            ("stdev", "Stdev"),
            ("skewness", "Skewness"),
            ("kurtosis", "Kurtosis"),
        )
        if p[k]
    ]
    for a in range(X.shape[1]):
        x = X[:, a].copy()
        s, k = skew_kurt(x)
        for name, val in (
            ("average", mean(x)),
            ("minimum", x.min()),
            ("maximum", x.max()),
            ("rms", rms(x)),
            ("stdev", math.sqrt(mean((x - mean(x)) ** 2))),
            ("skewness", s),
            ("kurtosis", k),
        ):
            if p[name]:
                F.append(val)
    return np.array(F), L, {"type": "flat", "shape": {"width": len(F)}}, []


def rawb(c, raw):
    y = raw.astype(float) * c["params"]["scale_axes"]
    return y, None, {"type": "flat", "shape": {"width": len(raw)}}, []


def image(c, raw):
    w, h = int(raw[0]), int(raw[1])
    px = raw[2:].astype(np.int64)
    R, G, B = px >> 16 & 255, px >> 8 & 255, px & 255
    if c["params"]["channels"] == "Grayscale":
        y = (0.299 / 255.0) * R + (0.587 / 255.0) * G + (0.114 / 255.0) * B
        ch = 1
    else:
        y = np.stack([R / 255.0, G / 255.0, B / 255.0], 1).flatten()
        ch = 3
    return (
        y,
        None,
        {"type": "image", "shape": {"width": w, "height": h, "channels": ch, "frames": -(-len(px) // (w * h))}},
        [],
    )


FN = dict(
    spectral_analysis=spectral, mfe=mfe, mfcc=mfcc, spectrogram=spectrogram, flatten=flatten, raw=rawb, image=image
)
