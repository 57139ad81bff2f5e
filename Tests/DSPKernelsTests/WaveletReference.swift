import Glibc

@testable import DSPKernels

// Scalar code that the wavelet kernels are compared with. It follows PyWavelets 1.3.0, NumPy 1.21.5 and SciPy 1.7.3
// line by line, one window at a time.

/// One level of the transform, with the loops of PyWavelets' convolution.
func naiveSplit<T: BinaryFloatingPoint>(_ x: [T], _ low: [T], _ high: [T]) -> (approximation: [T], detail: [T]) {
  let (n, f) = (x.count, low.count)
  func convolve(_ taps: [T]) -> [T] {
    stride(from: 1, to: n + f - 1, by: 2).map { i in
      var sum: T = 0
      var j = 0
      while i - j >= n {
        var k = 0
        while k < n && i - j >= n {
          sum += taps[i - n - j] * x[n - 1 - k]
          (j, k) = (j + 1, k + 1)
        }
        k = 0
        while k < n && i - j >= n {
          sum += taps[i - n - j] * x[k]
          (j, k) = (j + 1, k + 1)
        }
      }
      while j <= i && j < f {
        sum += taps[j] * x[i - j]
        j += 1
      }
      while j < f {
        var k = 0
        while k < n && j < f {
          sum += taps[j] * x[k]
          (j, k) = (j + 1, k + 1)
        }
        k = 0
        while k < n && j < f {
          sum += taps[j] * x[n - 1 - k]
          (j, k) = (j + 1, k + 1)
        }
      }
      return sum
    }
  }
  return (convolve(low), convolve(high))
}

/// The deepest approximation, then the details from the deepest to the finest.
func naiveBands<T: BinaryFloatingPoint>(_ x: [T], levels: Int, _ low: [T], _ high: [T]) -> [[T]] {
  var details: [[T]] = []
  var approximation = x
  for _ in 0..<levels {
    let bands = naiveSplit(approximation, low, high)
    details.insert(bands.detail, at: 0)
    approximation = bands.approximation
  }
  return [approximation] + details
}

/// `scipy.stats.entropy` of `numpy.histogram(x, bins=100, density=True)`.
func naiveEntropy<T: BinaryFloatingPoint>(_ x: [T]) -> Double {
  var (low, high) = (Double(x.min() ?? 0), Double(x.max() ?? 0))
  if low == high { (low, high) = (low - 0.5, high + 0.5) }
  let step = (high - low) / 100
  var edges = (0..<100).map { T((step == 0 ? Double($0) / 100 * (high - low) : Double($0) * step) + low) }
  edges.append(T(high))
  var counts = [Double](repeating: 0, count: 100)
  for value in x { counts[min(edges.lastIndex { $0 <= value } ?? 0, 99)] += 1 }
  let density = counts.indices.map { counts[$0] / Double(edges[$0 + 1] - edges[$0]) / Double(x.count) }
  let total = numpySum(density)
  return numpySum(density.map { $0 / total == 0 ? 0 : -($0 / total) * log($0 / total) })
}

/// The features of a band, entropy in Double, all others rounded to Float.
func naiveStatistics<T: BinaryFloatingPoint>(_ x: [T]) -> (entropy: Double, others: [Float]) {
  let n = x.count
  if !x.allSatisfy(\.isFinite) { return (.nan, [Float](repeating: .nan, count: 13)) }
  func crossings(_ level: T) -> Float {
    let changes = zip(x, x.dropFirst()).filter { ($0 > level) != ($1 > level) }.count
    return Float(Double(changes) / Double(n))
  }
  let sorted = x.sorted()
  let percentiles = [5, 25, 75, 95, 50].map { Float(sorted[Int(Double((n - 1) * $0) / 100 + 0.5)]) }
  let mean = numpySum(sorted) / T(n)
  let d = sorted.map { $0 - mean }
  let squares = d.map { $0 * $0 }
  let m2 = numpySum(squares) / T(n)
  let variance = n == 1 ? T.nan : numpySum(squares) / T(n - 1)
  let rms = (numpySum(sorted.map { $0 * $0 }) / T(n)).squareRoot()
  let m3 = Double(numpySum(zip(squares, d).map { $0 * $1 }) / T(n))
  let m4 = Double(numpySum(squares.map { $0 * $0 }) / T(n))
  let epsilon: T = T.self == Float.self ? 1e-6 : 1e-15
  var (skewness, kurtosis) = (0.0, -3.0)
  // NumPy squares a Float scalar in Double.
  let noise = Double(epsilon * mean)
  if !(Double(m2) <= noise * noise) {
    let wide = Double(m2)
    (skewness, kurtosis) = (m3 / (wide * wide.squareRoot()), m4 / (wide * wide) - 3)
  }
  if rms == 0 { (skewness, kurtosis) = (0, 0) }
  let moments = [Float(mean), Float(m2.squareRoot()), Float(variance), Float(rms), Float(skewness), Float(kurtosis)]
  return (naiveEntropy(x), [crossings(0), crossings(numpySum(x) / T(n))] + percentiles + moments)
}

/// Nil when a band's 14 features are right: entropy to 1e-12 before it is rounded to Float, all others bit for bit.
func statisticsDifference<T: BinaryFloatingPoint>(_ found: [Float], of band: [T]) -> String? {
  let expected = naiveStatistics(band)
  let entropy = found[0]
  let error = abs(Double(entropy) - expected.entropy)
  let isClose = error <= Double(entropy.ulp) / 2 + 1e-12 || (entropy.isNaN && expected.entropy.isNaN)
  if !isClose { return "entropy is \(entropy) instead of \(expected.entropy)" }
  return firstDifference(Array(found.dropFirst()), expected.others)
}

/// A value of one of eight kinds of windows, by the lane; no two lanes are the same. Callers add 0 after rounding to
/// their type, so that there is no -0, whose place among zeros is not defined.
func bandSample(_ lane: Int, _ row: Int, _ random: inout SeededGenerator) -> Double {
  let noise = random.uniform()
  switch lane % 8 {
  case 0: return noise * Double(lane + 1)
  // Ties, and values on the edges of bins.
  case 1: return ((noise * Double(lane + 2)).rounded()) * (lane < 16 ? 1 : 0.1)
  // Two values.
  case 2: return noise > 0.3 ? 1 + Double(lane) : -0.5
  // Constants: zero, and others.
  case 3: return lane < 16 ? 0 : Double(lane) * 0.1
  // Far from zero for their range: rounding moves the edges of bins, or makes them collide.
  case 4: return Double(lane) * 3 + noise * (lane < 16 ? 0.1 : 1e-5)
  // Subnormal in Float, in Double, and large.
  case 5: return noise * [0x1p-140, 0x1p-1040, 1e18, 1e-20][lane / 8]
  case 6: return noise * noise * noise * Double(lane)
  // A slope, and a wave.
  default: return lane < 16 ? Double(row) * 0.37 + 1 : Double(row % (lane + 3)) - Double(lane) / 2
  }
}
