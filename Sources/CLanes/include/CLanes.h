// Vectors whose lanes are windows: as wide as the instruction set that this is built for.
//
// Every operation works lane by lane, so a result does not depend on the width: AVX-512, AVX2 and SSE2 builds give
// the same bits. Nothing is contracted to a fused multiply-add, because Studio's own arithmetic has none.
// Swift's generic SIMD operators leave these vectors in pieces; always-inlined C functions do not.
#pragma once
#include <stdint.h>

#pragma clang fp contract(off)

#if defined(__AVX512F__)
#define LANES_WIDTH 16
#elif defined(__AVX__)
#define LANES_WIDTH 8
#else
#define LANES_WIDTH 4
#endif

typedef float lanes_f32 __attribute__((ext_vector_type(LANES_WIDTH)));
typedef float lanes_f32_half __attribute__((ext_vector_type(LANES_WIDTH / 2)));
typedef double lanes_f64 __attribute__((ext_vector_type(LANES_WIDTH / 2)));
typedef double lanes_f64_pair __attribute__((ext_vector_type(LANES_WIDTH)));
typedef double lanes_f64_pair_at __attribute__((ext_vector_type(LANES_WIDTH), aligned(8)));
typedef uint32_t lanes_u32 __attribute__((ext_vector_type(LANES_WIDTH)));
typedef uint64_t lanes_u64 __attribute__((ext_vector_type(LANES_WIDTH / 2)));

#define LANES static inline __attribute__((always_inline))

#define LANES_ARITHMETIC(vector, scalar, suffix)                                              \
  LANES vector lanes_add_##suffix(vector a, vector b) { return a + b; }                       \
  LANES vector lanes_subtract_##suffix(vector a, vector b) { return a - b; }                  \
  LANES vector lanes_multiply_##suffix(vector a, vector b) { return a * b; }                  \
  LANES vector lanes_divide_##suffix(vector a, vector b) { return a / b; }                    \
  LANES vector lanes_splat_##suffix(scalar a) { return (vector)a; }                           \
  LANES vector lanes_square_root_##suffix(vector a) { return __builtin_elementwise_sqrt(a); } \
  /* NumPy's minimum and maximum: a NaN on either side wins. */                               \
  LANES vector lanes_minimum_##suffix(vector a, vector b) { return a != a || a <= b ? a : b; } \
  LANES vector lanes_maximum_##suffix(vector a, vector b) { return a != a || a >= b ? a : b; }  \
  /* The same for numbers, in one instruction: a NaN in b is passed over. */                  \
  LANES vector lanes_lesser_##suffix(vector a, vector b) { return b < a ? b : a; }            \
  LANES vector lanes_greater_##suffix(vector a, vector b) { return b > a ? b : a; }           \
  /* Where a <= limit the lane of b, elsewhere (NaN too) that of c. */                        \
  LANES vector lanes_pick_at_most_##suffix(vector a, vector limit, vector b, vector c) { return a <= limit ? b : c; }

LANES_ARITHMETIC(lanes_f32, float, f32)
LANES_ARITHMETIC(lanes_f64, double, f64)

LANES lanes_f64 lanes_widen(lanes_f32_half a) { return __builtin_convertvector(a, lanes_f64); }
LANES lanes_f32_half lanes_narrow(lanes_f64 a) { return __builtin_convertvector(a, lanes_f32_half); }

/// Where `a` is zero the lane of `b`, elsewhere (NaN too) that of `c`.
LANES lanes_f64 lanes_pick_zero(lanes_f64 a, lanes_f64 b, lanes_f64 c) { return a == 0 ? b : c; }

/// The lane of `b` where `a` is a number, of `c` where it is NaN.
LANES lanes_f64 lanes_pick_ordered(lanes_f64 a, lanes_f64 b, lanes_f64 c) { return a == a ? b : c; }

/// The nearest whole number, ties to even, for values from 0 to 2^51: beyond 2^52 a double has no fraction bits.
LANES lanes_f64 lanes_round_even(lanes_f64 a) { return (a + 0x1p52) - 0x1p52; }

/// The larger of two values that are never negative, in one integer comparison; NaN wins over everything.
LANES lanes_f64 lanes_hold_power(lanes_f64 a, lanes_f64 b) {
  return (lanes_f64)__builtin_elementwise_max((lanes_u64)a, (lanes_u64)b);
}

/// The larger of `a`, which is not negative, and the magnitude of `b`; NaN wins over everything.
LANES lanes_f32 lanes_hold_magnitude_f32(lanes_f32 a, lanes_f32 b) {
  return (lanes_f32)__builtin_elementwise_max((lanes_u32)a, (lanes_u32)b & 0x7fffffffu);
}
LANES lanes_f64 lanes_hold_magnitude_f64(lanes_f64 a, lanes_f64 b) {
  return (lanes_f64)__builtin_elementwise_max((lanes_u64)a, (lanes_u64)b & 0x7fffffffffffffffull);
}

/// `k * slope + offset`, computed in double and rounded to the lanes' own type.
LANES lanes_f32 lanes_line_f32(lanes_f32 k, const double *slope, const double *offset) {
  lanes_f64_pair wide = __builtin_convertvector(k, lanes_f64_pair);
  wide = wide * *(const lanes_f64_pair_at *)slope + *(const lanes_f64_pair_at *)offset;
  return __builtin_convertvector(wide, lanes_f32);
}
LANES lanes_f64 lanes_line_f64(lanes_f64 k, const double *slope, const double *offset) {
  return k * *(const lanes_f64 *)slope + *(const lanes_f64 *)offset;
}

/// Whether every lane of four vectors is positive, normal and finite.
LANES _Bool lanes_all_positive_normal(lanes_f64 a, lanes_f64 b, lanes_f64 c, lanes_f64 d) {
  const uint64_t least = 0x0010000000000000ull;
  lanes_u64 ab = __builtin_elementwise_max((lanes_u64)a - least, (lanes_u64)b - least);
  lanes_u64 cd = __builtin_elementwise_max((lanes_u64)c - least, (lanes_u64)d - least);
  return __builtin_reduce_max(__builtin_elementwise_max(ab, cd)) < 0x7fe0000000000000ull;
}

/// Where `a < limit` the lane of `b`, elsewhere that of `c`.
LANES lanes_f64 lanes_pick_less(lanes_f64 a, lanes_f64 limit, lanes_f64 b, lanes_f64 c) {
  return a < limit ? b : c;
}

/// The logarithm `result` of `x`, put right where the series does not hold: infinity and NaN pass through, zero gives
/// minus infinity, a negative value NaN.
LANES lanes_f64 lanes_log_special(lanes_f64 x, lanes_f64 result) {
  lanes_f64 infinity = (lanes_f64)__builtin_inf();
  result = x < infinity ? result : x;
  result = x == 0 ? -infinity : result;
  return x < 0 ? (lanes_f64)__builtin_nan("") : result;
}

// x = mantissa * 2^exponent with sqrt(1/2) <= mantissa < sqrt(2), for positive normal x.
#define LANES_SHIFTED(x) ((lanes_u64)(x) + (0x3ff0000000000000ull - 0x3fe6a09e00000000ull))

LANES lanes_f64 lanes_log_exponent(lanes_f64 x) {
  return (lanes_f64)(LANES_SHIFTED(x) >> 52 | 0x4330000000000000ull) - (4503599627370496.0 + 1023);
}

LANES lanes_f64 lanes_log_mantissa(lanes_f64 x) {
  return (lanes_f64)((LANES_SHIFTED(x) & 0x000fffffffffffffull) + 0x3fe6a09e00000000ull);
}

typedef float lanes_f32x4 __attribute__((ext_vector_type(4), aligned(4)));
#define LANES_AT(p) (*(lanes_f32x4 *)(p))
#define LANES_MIX(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)

/// Turns feature-major lanes into window-major rows: `out[w * width + k] = in[k * stride + w]`
/// for `w < windows`, `k < features`.
LANES void lanes_transpose(
    const float *in, long stride, long features, float *out, long width, long windows) {
  long k = 0, whole = windows & ~3;
  for (; k + 4 <= features; k += 4) {
    for (long w = 0; w < whole; w += 4) {
      const float *i = in + k * stride + w;
      float *o = out + w * width + k;
      lanes_f32x4 a = LANES_AT(i), b = LANES_AT(i + stride);
      lanes_f32x4 c = LANES_AT(i + 2 * stride), d = LANES_AT(i + 3 * stride);
      lanes_f32x4 p = LANES_MIX(a, b, 0, 4, 1, 5), q = LANES_MIX(c, d, 0, 4, 1, 5);
      lanes_f32x4 r = LANES_MIX(a, b, 2, 6, 3, 7), s = LANES_MIX(c, d, 2, 6, 3, 7);
      LANES_AT(o) = LANES_MIX(p, q, 0, 1, 4, 5);
      LANES_AT(o + width) = LANES_MIX(p, q, 2, 3, 6, 7);
      LANES_AT(o + 2 * width) = LANES_MIX(r, s, 0, 1, 4, 5);
      LANES_AT(o + 3 * width) = LANES_MIX(r, s, 2, 3, 6, 7);
    }
  }
  for (long f = 0; f < features; f++)
    for (long w = f < k ? whole : 0; w < windows; w++) out[w * width + f] = in[f * stride + w];
}

#define LANES_FRAMES (LANES_WIDTH / 2)
typedef double lanes_f64_unaligned __attribute__((ext_vector_type(LANES_FRAMES), aligned(8)));

// First and second half of `a` and `b`, element by element in turn.
#if LANES_FRAMES == 8
#define LANES_ZIP_LOW(a, b) LANES_MIX(a, b, 0, 8, 1, 9, 2, 10, 3, 11)
#define LANES_ZIP_HIGH(a, b) LANES_MIX(a, b, 4, 12, 5, 13, 6, 14, 7, 15)
#elif LANES_FRAMES == 4
#define LANES_ZIP_LOW(a, b) LANES_MIX(a, b, 0, 4, 1, 5)
#define LANES_ZIP_HIGH(a, b) LANES_MIX(a, b, 2, 6, 3, 7)
#else
#define LANES_ZIP_LOW(a, b) LANES_MIX(a, b, 0, 2)
#define LANES_ZIP_HIGH(a, b) LANES_MIX(a, b, 1, 3)
#endif

/// Turns frames into lanes: `out[row * w + lane] = frames[lane * stride + row]` for `row < rows`, where `w` is the
/// width of a vector of doubles; `rows` is rounded up to a multiple of it.
///
/// A square of vectors is turned by perfect shuffles: zipping its halves once for each bit of `w`.
LANES void lanes_turn_frames(const double *frames, long stride, long rows, double *out) {
  for (long row = 0; row < rows; row += LANES_FRAMES) {
    lanes_f64 a[LANES_FRAMES], b[LANES_FRAMES];
    _Pragma("clang loop unroll(full)") for (int i = 0; i < LANES_FRAMES; i++)
      a[i] = *(const lanes_f64_unaligned *)(frames + i * stride + row);
    _Pragma("clang loop unroll(full)") for (int bit = 1; bit < LANES_FRAMES; bit *= 2) {
      _Pragma("clang loop unroll(full)") for (int i = 0; i < LANES_FRAMES / 2; i++) {
        b[2 * i] = LANES_ZIP_LOW(a[i], a[i + LANES_FRAMES / 2]);
        b[2 * i + 1] = LANES_ZIP_HIGH(a[i], a[i + LANES_FRAMES / 2]);
      }
      _Pragma("clang loop unroll(full)") for (int i = 0; i < LANES_FRAMES; i++) a[i] = b[i];
    }
    _Pragma("clang loop unroll(full)") for (int i = 0; i < LANES_FRAMES; i++)
      *(lanes_f64 *)(out + (row + i) * LANES_FRAMES) = a[i];
  }
}

#define LANES_UNALIGNED(p) (*(lanes_f64_unaligned *)(p))

/// `out[i] = x[i] - weight * x[i - shift]` for `i < count`.
LANES void lanes_emphasize(const double *x, long shift, double weight, long count, double *out) {
  long i = 0;
  for (; i + LANES_FRAMES <= count; i += LANES_FRAMES)
    LANES_UNALIGNED(out + i) = LANES_UNALIGNED(x + i) - weight * LANES_UNALIGNED(x + i - shift);
  for (; i < count; i++) out[i] = x[i] - weight * x[i - shift];
}

/// `out[i] = x[i] * scale`, rounded to float, for `i < count`.
LANES void lanes_scale_rounded(const double *x, double scale, long count, double *out) {
  long i = 0;
  for (; i + LANES_FRAMES <= count; i += LANES_FRAMES)
    LANES_UNALIGNED(out + i) = lanes_widen(lanes_narrow(LANES_UNALIGNED(x + i) * scale));
  for (; i < count; i++) out[i] = (float)(x[i] * scale);
}

/// `lanes_scale_rounded`, then `out[i] = x[i] - weight * x[i - 1]` in float.
LANES void lanes_emphasize_rounded(const double *x, double scale, float weight, long count, double *out) {
  long i = 0;
  for (; i + LANES_FRAMES <= count; i += LANES_FRAMES) {
    lanes_f32_half value = lanes_narrow(LANES_UNALIGNED(x + i) * scale);
    lanes_f32_half previous = lanes_narrow(LANES_UNALIGNED(x + i - 1) * scale);
    LANES_UNALIGNED(out + i) = lanes_widen(value - weight * previous);
  }
  for (; i < count; i++) out[i] = (float)(x[i] * scale) - weight * (float)(x[i - 1] * scale);
}

/// Asks for the cache lines of `count` values, which need not exist.
LANES void lanes_prefetch(const double *x, long count) {
  for (long i = 0; i < count; i += 8) __builtin_prefetch(x + i, 0, 3);
}
