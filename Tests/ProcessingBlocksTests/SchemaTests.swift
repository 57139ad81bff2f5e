// What other programs read about a block, derived from the one description of its parameters.
// 1. Keys, types, defaults, versions and conditions of every block equal a table typed in from Studio's.
// 2. The configuration answer has every field that Studio's model requires, of the right type; selects mark the value.
// 3. What is shown depends on version and conditions; what is stored does not.
// 4. parameters.json carries native values, versions and conditions, and can be cut down to one version.

import Foundation
import ProcessingBlocks
import Testing

@Suite struct SchemaTests {
  /// Key, type, default, versions for which the form shows it, and condition, in order; booleans of flatten are all alike.
  static let expected: [String: [String]] = [
    "raw": [
      "scale-axes float 1"
    ],
    "flatten": ["scale-axes float 1"]
      + ["average", "minimum", "maximum", "rms", "stdev", "skewness", "kurtosis"].map { "\($0) boolean true" },
    "image": [
      "channels select RGB"
    ],
    "spectral-analysis": [
      "scale-axes float 1",
      "input-decimation-ratio select 1 [4]",
      "filter-type select none",
      "filter-cutoff float 3 if filter-type neq none",
      "filter-order int 6 if filter-type neq none",
      "analysis-type select FFT [3, 4]",
      "fft-length int 16 if analysis-type eq FFT",
      "spectral-peaks-count int 3 [1]",
      "spectral-peaks-threshold float 0.1 [1]",
      "spectral-power-edges string 0.1, 0.5, 1.0, 2.0, 5.0 [1]",
      "do-log boolean true [2, 3, 4] if analysis-type eq FFT",
      "do-fft-overlap boolean true [2, 3, 4] if analysis-type eq FFT",
      "wavelet-level int 1 [3, 4] if analysis-type eq Wavelet",
      "wavelet select db4 [3, 4] if analysis-type eq Wavelet",
      "extra-low-freq boolean false [4] if analysis-type eq FFT",
    ],
    "mfcc": [
      "num_cepstral int 13",
      "frame_length float 0.02",
      "frame_stride float 0.02",
      "num_filters int 32",
      "fft_length int 256",
      "win_size int 101",
      "low_frequency int 0",
      "high_frequency int 0 optional",
      "pre_cof float 0.98",
      "pre_shift int 1 [1, 2]",
    ],
    "mfe": [
      "frame_length float 0.02",
      "frame_stride float 0.01",
      "num_filters int 40",
      "fft_length int 256",
      "low_frequency int 0",
      "high_frequency int 0 optional",
      "win_size int 101 [1, 2]",
      "noise_floor_db int -52 [3, 4]",
    ],
    "spectrogram": [
      "frame_length float 0.02",
      "frame_stride float 0.01",
      "fft_length int 128",
      "noise_floor_db int -52 [3, 4]",
      "show_axes boolean true []",
    ],
  ]

  /// What the document says of a block: name, type in C++, columns and kernel of a convolution, and what Studio can show.
  static let presentations: [String: String] = [
    "raw": "Raw data raw_custom axes 7 explored importance", "flatten": "Flatten flatten_custom importance",
    "image": "Image image_custom explored", "mfe": "MFE mfe_custom num_filters 5 explored",
    "mfcc": "MFCC mfcc_custom num_cepstral 5 explored",
    "spectrogram": "Spectrogram spectrogram_custom fft_length 5 explored",
    "spectral-analysis": "Spectral features spectral_analysis explored importance",
  ]

  private func json(_ value: some Encodable) throws -> Any {
    try JSONSerialization.jsonObject(with: JSONEncoder().encode(value))
  }

  @Test(arguments: expected.keys.sorted())
  func keysTypesAndDefaults(_ type: String) throws {
    let block = try #require(BlockRegistry.block(type: type))
    let items = block.studioGroups([:], version: block.versions.upperBound).flatMap(\.items)
    #expect(items.allSatisfy { $0.value == $0.defaultValue })
    let document = block.parametersDocument()
    let described = document.parameters.flatMap(\.items).map { item in
      "\(item.param) \(item.type) \(item.value.studioText)"
        + (item.showForImplementationVersion.map { " \($0)" } ?? "")
        + (item.showIf.map { " if \($0.parameter) \($0.operator) \($0.value)" } ?? "")
        + (item.optional == true ? " optional" : "")
    }
    #expect(described == Self.expected[type])
    #expect(
      document.parameters.flatMap(\.items).map { "\($0.param) \($0.type) \($0.value.studioText)" }
        == items.map { "\($0.param) \($0.type) \($0.defaultValue)" })
    let info = document.info
    let presentation =
      [info.name, info.cppType, info.convolutionColumns ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
      + (info.convolutionKernelSize.map { " \($0)" } ?? "") + (info.visualization == nil ? "" : " explored")
      + (info.hasFeatureImportance == true ? " importance" : "")
    #expect(presentation == Self.presentations[type])
    #expect(document.version == 1 && info.preferConvolution == (info.convolutionColumns != nil))
  }

  @Test func noBlockIsForgotten() { #expect(BlockRegistry.blocks.map(\.type).sorted() == Self.expected.keys.sorted()) }

  @Test(arguments: expected.keys.sorted())
  func requiredFields(_ type: String) throws {
    let block = try #require(BlockRegistry.block(type: type))
    let groups = try #require(json(block.studioGroups([:], version: block.versions.lowerBound)) as? [[String: Any]])
    var wrong: [String] = []
    for group in groups {
      if !(group["group"] is String) { wrong.append("group") }
      for item in group["items"] as? [[String: Any]] ?? [] {
        for field in ["name", "value", "defaultValue", "type", "help", "param"] where !(item[field] is String) {
          wrong.append(field)
        }
        for field in ["readonly", "shouldShow", "required", "showClickToSet"] where !(item[field] is Bool) {
          wrong.append(field)
        }
        let options = item["selectOptions"] as? [[String: Any]]
        if (item["type"] as? String == "select") != (options != nil) { wrong.append("selectOptions") }
        if let options, options.count(where: { $0["selected"] as? Bool == true }) != 1 { wrong.append("selected") }
        for option in options ?? [] where !(option["value"] is String && option["optionLabel"] is String) {
          wrong.append("option")
        }
      }
    }
    #expect(!groups.isEmpty && wrong == [])
  }

  @Test func valuesAndVisibility() throws {
    let block = try #require(BlockRegistry.block(type: "spectral-analysis"))
    func item(_ key: String, _ parameters: [String: ParameterValue], version: Int) throws -> StudioParameter {
      try #require(
        block.studioGroups(parameters, version: version).flatMap(\.items).first { $0.param == key })
    }
    let high: [String: ParameterValue] = ["filter_type": .text("high"), "fft-length": .text("64")]
    #expect(try item("filter-cutoff", [:], version: 4).shouldShow == false)
    let cutoff = try item("filter-cutoff", high, version: 4)
    #expect(cutoff.shouldShow)
    let condition = try #require(cutoff.showIf)
    #expect([condition.parameter, condition.operator, condition.value] == ["filter-type", "neq", "none"])
    #expect(try item("fft-length", high, version: 4).value == "64")
    #expect(try item("fft-length", high, version: 4).defaultValue == "16")
    let selected = try item("filter-type", high, version: 4).selectOptions?.filter(\.selected).map(\.value)
    #expect(selected == ["high"])
    #expect(try item("extra-low-freq", [:], version: 4).shouldShow)
    #expect(try item("extra-low-freq", [:], version: 3).shouldShow == false)
  }

  @Test func parametersDocument() throws {
    let block = try #require(BlockRegistry.block(type: "mfe"))
    let document = try #require(json(block.parametersDocument()) as? [String: Any])
    let info = try #require(document["info"] as? [String: Any])
    #expect(info["type"] as? String == "mfe" && info["cppType"] as? String == "mfe_custom")
    #expect(info["latestImplementationVersion"] as? Int == 4 && info["preferConvolution"] as? Bool == true)
    func items(_ document: [String: Any]) -> [[String: Any]] {
      (document["parameters"] as? [[String: Any]] ?? []).flatMap { $0["items"] as? [[String: Any]] ?? [] }
    }
    let all = Dictionary(uniqueKeysWithValues: items(document).map { ($0["param"] as? String ?? "", $0) })
    #expect(all["win_size"]?["showForImplementationVersion"] as? [Int] == [1, 2])
    #expect(all["noise_floor_db"]?["showForImplementationVersion"] as? [Int] == [3, 4])
    #expect(all["frame_length"]?["value"] as? Double == 0.02 && all["fft_length"]?["value"] as? Int == 256)
    #expect(all["frame_length"]?.keys.contains("showForImplementationVersion") == false)
    let second = try #require(json(block.parametersDocument(version: 2)) as? [String: Any])
    let keys = items(second).compactMap { $0["param"] as? String }
    #expect(keys.contains("win_size") && !keys.contains("noise_floor_db"))

    let spectral = try #require(BlockRegistry.block(type: "spectral-analysis")).parametersDocument()
    #expect(spectral.info.cppType == "spectral_analysis" && !spectral.info.preferConvolution)
    let ratio = try #require(spectral.parameters.flatMap(\.items).first { $0.param == "input-decimation-ratio" })
    #expect(ratio.value == .text("1") && ratio.valid?.map(\.value) == ["1", "3", "10", "30", "100", "1000"])
    #expect(ratio.configType == "int")
    #expect(try json(ratio.valid) as? [String] == ["1", "3", "10", "30", "100", "1000"])
    #expect(spectral.parameters.flatMap(\.items).filter { $0.createMacro == true }.map(\.param) == ["analysis-type"])
  }
}
