// The 50 wavelets, by the properties that define them.
// 1. Names: all of Studio's, in any case; nothing else.
// 2. Lengths, sums, vanishing moments (as many as the name says, and not one more), half-band products: 1e-13.
// 3. Reconstruction: the split of random signals of even and odd length is put together again, mirrored ends included.
// 4. Values in closed form fix order, sign and padding: haar, db2, db3, coif1, bior2.2, bior3.1, rbio2.2.
// 5. Float taps: rounded once, for coiflets by way of another scale.

import Testing

@testable import DSPKernels

@Suite struct WaveletFilterTests {
  static let names = WaveletFilter.names

  /// Family, first and second number of a name.
  private func parts(_ name: String) -> (family: String, first: Int, second: Int) {
    let family = String(name.prefix { $0.isLetter })
    let numbers = name.dropFirst(family.count).split(separator: ".").compactMap { Int($0) }
    return (family, numbers.first ?? 1, numbers.last ?? 1)
  }

  /// Synthesis taps, which mirror the analysis taps of the other band.
  private func synthesis(_ filter: WaveletFilter) -> (low: [Double], high: [Double]) {
    (
      filter.highpass.enumerated().map { $0 % 2 == 0 ? -$1 : $1 },
      filter.lowpass.enumerated().map { $0 % 2 == 0 ? $1 : -$1 }
    )
  }

  @Test func everyName() {
    let numbers = ["1.3", "1.5", "2.2", "2.4", "2.6", "2.8", "3.1", "3.3", "3.5", "3.7", "3.9", "4.4", "5.5", "6.8"]
    let orders = (2...10).map(String.init)
    let expected =
      numbers.map { "bior" + $0 } + ["coif1", "coif2", "coif3"] + orders.map { "db" + $0 } + ["haar"]
      + numbers.map { "rbio" + $0 } + orders.map { "sym" + $0 }
    #expect(Self.names == expected)
    #expect(Self.names.count == 50)
    #expect(Self.names.allSatisfy { WaveletFilter(name: $0)?.name == $0 })
    #expect(WaveletFilter(name: "BIOR2.2")?.name == "bior2.2")
    #expect(WaveletFilter(name: "Haar")?.name == "haar")
  }

  @Test(arguments: [
    "", "db", "db1", "db11", "db02", "sym1", "sym11", "coif4", "bior", "bior2", "bior1.1", "rbio2.20",
    "haar2", " db2", "db2 ", "dmey",
  ])
  func unknownName(_ name: String) { #expect(WaveletFilter(name: name) == nil) }

  @Test(arguments: names)
  func lengthsAndSums(_ name: String) throws {
    let filter = try #require(WaveletFilter(name: name))
    let (family, first, second) = parts(name)
    let length =
      switch family {
      case "haar": 2
      case "db", "sym": 2 * first
      case "coif": 6 * first
      default:
        switch (first, second) {
        case (1, _): 2 * second
        case (3, _): 2 * second + 2
        case (2, _): 2 * second + 2
        case (4, _): 10
        case (5, _): 12
        default: 18
        }
      }
    #expect(filter.lowpass.count == length && filter.highpass.count == length)
    #expect(abs(filter.lowpass.reduce(0, +) - 2.0.squareRoot()) < 1e-14)
    #expect(abs(filter.highpass.reduce(0, +)) < 1e-14)
  }

  @Test(arguments: names)
  func vanishingMoments(_ name: String) throws {
    let filter = try #require(WaveletFilter(name: name))
    let (family, first, second) = parts(name)
    let moments =
      switch family {
      case "haar": 1
      case "coif": 2 * first
      case "bior": first == 5 ? 6 : first
      case "rbio": first == 5 ? 4 : second
      default: first
      }
    let center = Double(filter.highpass.count - 1) / 2
    let relative = (0...moments).map { p in
      let terms = filter.highpass.enumerated().map { i, tap in
        tap * (0..<p).reduce(1.0) { power, _ in power * (Double(i) - center) }
      }
      return abs(terms.reduce(0, +)) / terms.reduce(0) { $0 + abs($1) }
    }
    #expect(relative.dropLast().allSatisfy { $0 < 1e-13 }, "\(relative)")
    #expect(relative[moments] > 1e-6, "\(relative)")
  }

  @Test(arguments: names)
  func halfBand(_ name: String) throws {
    let filter = try #require(WaveletFilter(name: name))
    let pair = synthesis(filter)
    func product(_ a: [Double], _ b: [Double], _ at: Int) -> Double {
      a.indices.reduce(0) { b.indices.contains(at - $1) ? $0 + a[$1] * b[at - $1] : $0 }
    }
    let middle = filter.lowpass.count - 1
    for at in stride(from: middle % 2, through: 2 * middle, by: 2) {
      let wanted: Double = at == middle ? 1 : 0
      #expect(abs(product(filter.lowpass, pair.low, at) - wanted) < 1e-13, "low, \(at)")
      #expect(abs(product(filter.highpass, pair.high, at) - wanted) < 1e-13, "high, \(at)")
      #expect(abs(product(filter.lowpass, pair.high, at)) < 1e-13, "low by high, \(at)")
      #expect(abs(product(filter.highpass, pair.low, at)) < 1e-13, "high by low, \(at)")
    }
    // Orthonormal wavelets are their own dual, mirrored; the others are not.
    let isOrthonormal = ["haar", "db", "sym", "coif"].contains(parts(name).family)
    #expect((largestError(pair.low, filter.lowpass.reversed()) < 1e-15) == isOrthonormal)
  }

  @Test(arguments: names)
  func reconstruction(_ name: String) throws {
    let filter = try #require(WaveletFilter(name: name))
    let pair = synthesis(filter)
    let length = filter.lowpass.count
    var random = SeededGenerator(seed: 5)
    for rows in [64, 65, 7, 2] {
      let x = (0..<rows).map { _ in random.uniform() }
      let bands = naiveSplit(x, filter.lowpass, filter.highpass)
      let again = (0..<rows).map { row in
        bands.approximation.indices.reduce(0.0) { sum, k in
          let tap = row - 2 * k + length - 2
          guard pair.low.indices.contains(tap) else { return sum }
          return sum + bands.approximation[k] * pair.low[tap] + bands.detail[k] * pair.high[tap]
        }
      }
      #expect(largestError(again, x) < 1e-12, "\(rows) rows")
    }
  }

  @Test func closedForms() throws {
    let (root2, root3, root7, root10) = (2.0.squareRoot(), 3.0.squareRoot(), 7.0.squareRoot(), 10.0.squareRoot())
    let b = (5 + 2 * root10).squareRoot()
    let (d2, d3, c1) = (4 * root2, 16 * root2, 16 * root2)
    let known: [(String, [Double])] = [
      ("haar", [1 / root2, 1 / root2]),
      ("db2", [(1 - root3) / d2, (3 - root3) / d2, (3 + root3) / d2, (1 + root3) / d2]),
      (
        "sym3",
        [
          (1 + root10 - b) / d3, (5 + root10 - 3 * b) / d3, (10 - 2 * root10 - 2 * b) / d3,
          (10 - 2 * root10 + 2 * b) / d3, (5 + root10 + 3 * b) / d3, (1 + root10 + b) / d3,
        ]
      ),
      (
        "coif1",
        [
          (-3 + root7) / c1, (1 - root7) / c1, (14 - 2 * root7) / c1, (14 + 2 * root7) / c1, (5 + root7) / c1,
          (1 - root7) / c1,
        ]
      ),
      ("bior2.2", [0, -1, 2, 6, 2, -1].map { $0 * root2 / 8 }),
      ("bior3.1", [-1, 3, 3, -1].map { $0 * root2 / 4 }),
      ("rbio2.2", [0, 0, 1, 2, 1, 0].map { $0 * root2 / 4 }),
    ]
    for (name, taps) in known {
      #expect(largestError(try #require(WaveletFilter(name: name)).lowpass, taps) < 1e-15, "\(name)")
    }
    let highpass = try #require(WaveletFilter(name: "db2")).highpass
    let mirrored = [-(1 + root3) / d2, (3 + root3) / d2, -(3 - root3) / d2, (1 - root3) / d2]
    #expect(largestError(highpass, mirrored) < 1e-15)
    // The 9/7 pair of image coding: its middle tap.
    #expect(abs(try #require(WaveletFilter(name: "bior4.4")).lowpass[5] - 0.852698679009) < 1e-12)
  }

  @Test(arguments: names)
  func floatTaps(_ name: String) throws {
    let filter = try #require(WaveletFilter(name: name))
    let root = 2.0.squareRoot()
    let isCoiflet = name.hasPrefix("coif")
    let expected = (filter.lowpass + filter.highpass).map { isCoiflet ? Float($0 / root) * Float(root) : Float($0) }
    #expect(firstDifference(filter.floatTaps.lowpass + filter.floatTaps.highpass, expected) == nil)
    #expect((expected == (filter.lowpass + filter.highpass).map { Float($0) }) == !isCoiflet)
  }
}
