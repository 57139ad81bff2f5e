// The numbers of all graphs against values that Studio's own blocks gave for the same windows, whose samples are
// exact in every precision; a bound of 1e-6 of the largest value covers sums in another order.
// Against the features of the same window: a graph must show what the block computes, not something like it.
// Names, ranges and titles are compared as text, through the JSON that Studio reads.
// Axes of one name, decimation, gaps, huge pictures and half frames once each; PNG files are decoded again.
// Drawings are parsed as XML, and every point must lie on the sheet.
import Foundation
import ProcessingBlocks
import Testing

/// Row `i` of column `k` of the windows that the reference was given.
func graphSample(_ i: Int, _ k: Int) -> Double { Double((i * 7919 + k * 104729) % 2001 - 1000) / 8 }

func graphWindow(rows: Int, columns: Int, factor: Double = 1) -> [Double] {
  (0..<rows * columns).map { graphSample($0 / columns, $0 % columns + 1) * factor }
}

extension BlockGraph {
  var lines: LineGraph? {
    if case .lines(let lines) = content { return lines }
    return nil
  }
  var picture: GraphPicture? {
    if case .picture(let picture) = content { return picture }
    return nil
  }
}

/// Nil when all values are as close as `tolerance` times the largest; otherwise the first that is not.
func firstDistance(_ found: [Double], _ expected: [Double], tolerance: Double = 1e-6) -> String? {
  guard found.count == expected.count else { return "\(found.count) values instead of \(expected.count)" }
  let bound = tolerance * max(1, expected.map(abs).max() ?? 0)
  for index in found.indices where !(abs(found[index] - expected[index]) <= bound) {
    return "value \(index) is \(found[index]) instead of \(expected[index])"
  }
  return nil
}

struct SpectralGraphTests {
  /// What the reference gave: of each line and abscissa the values 0, 1, a third and the last.
  struct Expected: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let version: Int
    let rows: Int
    let parameters: [String: ParameterValue]
    let names: [String]
    let abscissas: [[Double]]
    let lines: [[[Double]]]
    /// Of the first axis.
    let spectrum: [Double]
    let frequencyLimit: Double
  }

  static let filtered: [String: ParameterValue] = [
    "filter-type": .text("low"), "filter-cutoff": .number(8), "filter-order": .integer(6),
  ]
  static let frequencies = [0.0, 0.06103515624999999, 10.3759765625, 31.188964843749996]
  static let times = [0.0, 16.0, 256.0, 784.0]
  static let bins = [0.0, 3.90625, 11.71875, 31.25]

  static let expected: [Expected] = [
    Expected(
      testDescription: "low-pass", version: 4, rows: 50, parameters: filtered,
      names: ["Filter response", "After filter", "Spectral power (log)"], abscissas: [frequencies, times, bins],
      lines: [
        [[-4.266402107424174e-08, -4.266155065989524e-08, -0.7899371080178783, -17.306726284962124]],
        [
          [-3.4041664600372314, -3.842318534851074, 124.75914001464844, -9.261923789978027],
          [-0.4948365092277527, -0.040988266468048096, -75.93733978271484, 104.72197723388672],
        ],
        [
          [4.124071518727275, 4.542123778783717, 3.4382377941194187, 2.8280046239954335],
          [4.046628845081838, 4.529597590080689, 3.445513898567174, 2.8319578481083534],
        ],
      ],
      spectrum: [
        4.124071518727275, 4.542123778783717, 3.8156448646503995, 3.4382377941194187, 3.1676356633530336,
        3.004519621938333, 2.90282681313994, 2.8462342309057997, 2.8280046239954335,
      ], frequencyLimit: 31.25),
    Expected(
      testDescription: "high-pass, linear", version: 3, rows: 50,
      parameters: [
        "filter-type": .text("high"), "filter-cutoff": .number(8), "filter-order": .integer(2),
        "do-log": .boolean(false), "scale-axes": .number(0.25),
      ], names: ["Filter response", "After filter", "Spectral power (linear)"], abscissas: [frequencies, times, bins],
      lines: [
        [[-10.0, -4.283686132788858, -0.05698480311597044, -6.041511577960546e-13]],
        [
          [-5.589688301086426, -0.9589442014694214, 0.7981683015823364, 0.07683244347572327],
          [6.279763698577881, -1.9190772771835327, 35.15736389160156, 0.4565035104751587],
        ],
        [
          [0.8026542916522041, 99.1129258138643, 226.93523584653897, 61.097622991365824],
          [0.39215707673568856, 75.49506789464073, 174.9674029204694, 61.09822388674671],
        ],
      ],
      spectrum: [
        0.8026542916522041, 99.1129258138643, 197.59201705681858, 226.93523584653897, 118.32398671131638,
        117.06462247336692, 71.51144202963076, 84.65856397008903, 61.097622991365824,
      ], frequencyLimit: 31.25),
    Expected(
      testDescription: "no filter", version: 2, rows: 50, parameters: [:],
      names: ["After filter", "Spectral power (log)"], abscissas: [times, bins],
      lines: [
        [
          [-39.837501525878906, -50.462501525878906, 40.287498474121094, -60.212501525878906],
          [40.20249938964844, 29.577499389648438, 120.32749938964844, 19.827499389648438],
        ],
        [
          [4.522049651976367, 4.651034227439803, 3.7420277414690633, 2.6547178687726607],
          [4.498103068394045, 4.651034227439803, 3.7420277414690633, 2.6547178736453136],
        ],
      ],
      spectrum: [
        4.522049651976367, 4.651034227439803, 3.489038548320079, 3.7420277414690633, 2.955747864436642,
        3.391812915195493, 2.723487181089839, 3.248357799900479, 2.6547178687726607,
      ], frequencyLimit: 31.25),
    Expected(
      testDescription: "decimated", version: 4, rows: 120,
      parameters: [
        "input-decimation-ratio": .text("3"), "filter-type": .text("low"), "filter-cutoff": .number(5),
        "filter-order": .integer(4),
      ], names: ["Filter response", "After filter", "Spectral power (log)"],
      abscissas: [
        [0.0, 0.020345052083333332, 3.4586588541666665, 10.396321614583332], [0.0, 48.0, 624.0, 1872.0],
        [0.0, 1.3020833333333333, 3.90625, 10.416666666666666],
      ],
      lines: [
        [[-1.68256562618281e-08, -1.6825611420599166e-08, -0.004227174783797634, -10.161816895434798]],
        [
          [2.3741912112217936, -11.422685730813896, -58.10594599255092, 62.61980890878508],
          [3.180460131040011, 18.294237283315457, -19.108449611165724, -64.94750365687108],
        ],
        [
          [2.920670810087716, 3.5829886984095056, 3.365294772545318, 2.045079442221255],
          [2.622231455754739, 3.2469789196174275, 3.6213280202630544, 1.8129780635295132],
        ],
      ],
      spectrum: [
        2.920670810087716, 3.5829886984095056, 4.41560837414565, 3.365294772545318, 3.400434491880302,
        3.2799081747932477, 2.149795274733749, 2.93262471281454, 2.045079442221255,
      ], frequencyLimit: 10.416666666666666),
  ]

  private func some(_ values: [Double]) -> [Double] {
    values.count < 4 ? values : [values[0], values[1], values[values.count / 3], values[values.count - 1]]
  }

  @Test(arguments: expected)
  func numbersOfTheReference(_ expected: Expected) throws {
    let plan = try makePlan(
      "spectral-analysis", expected.parameters, version: expected.version, frequency: 62.5, rows: expected.rows,
      axes: ["x", "y"])
    let window = graphWindow(rows: expected.rows, columns: 2)
    let graphs = plan.graphs(ofWindow: window)
    #expect(graphs.map(\.name) == expected.names)
    for (index, graph) in graphs.enumerated() {
      let found = try #require(graph.lines)
      #expect(graph.type == "linear")
      #expect(found.lines.map(\.name) == (graph.name == "Filter response" ? ["0"] : ["x", "y"]))
      #expect(firstDistance(some(found.abscissa), expected.abscissas[index], tolerance: 1e-15) == nil)
      for (line, values) in zip(found.lines, expected.lines[index]) {
        #expect(line.values.count == found.abscissa.count)
        #expect(firstDistance(some(line.values), values) == nil, "\(graph.name), \(line.name)")
      }
    }
    let power = try #require(graphs.last?.lines)
    #expect(firstDistance(power.lines[0].values, expected.spectrum) == nil)
    #expect(power.suggestedHorizontal.maximum == expected.frequencyLimit)

    // The features of an axis end with the powers of the kept bins, which begin with the first.
    let features = plan.features(ofWindow: window)
    let kept = plan.featureLabels.filter { $0.hasPrefix("Spectral Power") }.count
    let first = expected.parameters["filter-type"]?.studioText == "high" ? 9 - kept : 1
    for axis in 0..<2 {
      let shown = power.lines[axis].values[first..<first + kept].map { Float($0) }
      let end = (axis + 1) * features.count / 2
      #expect(firstDifference(shown, Array(features[end - kept..<end])) == nil, "axis \(axis)")
    }
  }

  @Test func studioFormOfLines() throws {
    let plan = try makePlan(
      "spectral-analysis", ["fft-length": .integer(2)], version: 4, frequency: 62.5, rows: 3, axes: ["a\"b", "y"])
    let graphs = plan.graphs(ofWindow: [1, .nan, 2, 1, 6, 1])
    #expect(
      graphs.first?.studioJSON == """
        {"name":"After filter","type":"linear","X":{"a\\"b":[-2.0,-1.0,3.0],"y":[null,null,null]},\
        "y":[0.0,16.0,32.0],"suggestedYMin":-1.0,"suggestedYMax":1.0,\
        "axisLabels":{"X":"Sample #","y":"Value"}}
        """)
    let power = try #require(graphs.last?.studioJSON)
    #expect(power.hasPrefix("{\"name\":\"Spectral power (log)\",\"type\":\"linear\",\"X\":{\"a\\\"b\":["))
    #expect(
      power.hasSuffix(
        "\"y\":[0.0,31.25],\"suggestedXMin\":0.0,\"suggestedXMax\":31.25,\"suggestedYMin\":0.0,\"smoothing\":false,"
          + "\"axisLabels\":{\"X\":\"Frequency (Hz)\",\"y\":\"Energy\"}}"))
  }

  @Test func ofAxesThatShareANameTheLastCounts() throws {
    let plan = try makePlan("spectral-analysis", version: 4, frequency: 10, rows: 2, axes: ["a", "b", "a"])
    let lines = plan.graphs(ofWindow: [0, 0, 0, 2, 4, 8]).first?.lines?.lines ?? []
    #expect(lines.map(\.name) == ["a", "b"])
    #expect(lines.map(\.values) == [[-4, 4], [-2, 2]])
  }

  /// What is drawn begins at `drawnFirst` and ends with the abscissa, whatever the block and its version.
  @Test(arguments: Setup.all)
  func linesEndWithTheirAbscissa(_ setup: Setup) throws {
    let plan = try setup.plan(axes: 1)
    let window = Recording(rows: setup.rows, stride: 1, seed: 8, level: setup.level).samples
    let graphs = plan.graphs(ofWindow: window)
    for graph in graphs {
      guard case .lines(let lines) = graph.content else { continue }
      for line in lines.lines {
        #expect(lines.drawnFirst + line.values.count == lines.abscissa.count, "\(graph.name)")
      }
    }
    #expect(graphs.isEmpty == ["flatten", "raw"].contains(setup.type))
  }
}
