// Roots of unity.
// 1. The first octant lies within one ulp of the C library's cosine and sine, corrected for what rounding takes off
//    the angle (first term of the Taylor series).
// 2. The symmetries of the circle hold exactly, which carries 1 to the whole circle; a coarse comparison with
//    cos(2πk/n) proves that no octant is swapped.
// 3. Indices outside 0..<n wrap around.

import Foundation
import Testing

@testable import DSPKernels

@Suite struct RootsOfUnityTests {
  static let lengths = Array(1...130) + [255, 256, 512, 1000, 1023, 1024, 4096]

  /// Cosine and sine of 2πk/n for an angle of the first octant.
  private func reference(_ k: Int, _ n: Int) -> (cosine: Double, sine: Double) {
    let multiple = 2 * Double(k)
    let product = Double.pi * multiple
    let productError = (-product).addingProduct(Double.pi, multiple)
    let angle = product / Double(n)
    let quotientError = product.addingProduct(-angle, Double(n))
    // 1.22e-16 is what Double.pi lacks of π.
    let lost = (quotientError + productError + 1.2246467991473532e-16 * multiple) / Double(n)
    return (cos(angle) - lost * sin(angle), sin(angle) + lost * cos(angle))
  }

  @Test func firstOctantWithinOneUlp() {
    var worst = 0.0
    for n in Self.lengths {
      for k in 0...n / 8 {
        let root = rootOfUnity(k, of: n)
        let expected = reference(k, n)
        worst = max(worst, abs(root.real - expected.cosine) / expected.cosine.ulp)
        worst = max(worst, abs(root.imaginary + expected.sine) / expected.sine.ulp)
      }
    }
    #expect(worst <= 1)
  }

  @Test func everyOctantIsInItsPlace() {
    var worst = 0.0
    for n in Self.lengths {
      for k in 0..<n {
        let root = rootOfUnity(k, of: n)
        let angle = 2 * Double.pi * Double(k) / Double(n)
        worst = max(worst, abs(root.real - cos(angle)), abs(root.imaginary + sin(angle)))
      }
    }
    #expect(worst < 2e-15)
  }

  @Test(arguments: [1, 2, 3, 4, 8, 12, 16, 60, 100, 128, 1024])
  func symmetries(_ n: Int) {
    for k in 0..<n {
      let (c, s) = rootOfUnity(k, of: n)
      let conjugate = rootOfUnity(n - k, of: n)
      #expect(conjugate.real == c && conjugate.imaginary == -s, "conjugate of \(k) of \(n)")
      if n % 2 == 0 {
        let opposite = rootOfUnity(k + n / 2, of: n)
        #expect(opposite.real == -c && opposite.imaginary == -s, "opposite of \(k) of \(n)")
      }
      if n % 4 == 0 {
        let quarter = rootOfUnity(k + n / 4, of: n)
        #expect(quarter.real == s && quarter.imaginary == -c, "quarter turn of \(k) of \(n)")
        let mirror = rootOfUnity(n / 4 - k, of: n)
        #expect(mirror.real == -s && mirror.imaginary == -c, "\(k) of \(n) mirrored at the diagonal")
      }
    }
  }

  @Test func indicesWrapAround() {
    for n in [1, 3, 8, 20] {
      for k in -2 * n...2 * n {
        let wrapped = ((k % n) + n) % n
        #expect(rootOfUnity(k, of: n) == rootOfUnity(wrapped, of: n), "\(k) of \(n)")
      }
    }
  }
}
