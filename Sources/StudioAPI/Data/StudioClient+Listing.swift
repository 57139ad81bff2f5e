import Foundation

/// A recording in a list.
public struct SampleInfo: Sendable, Equatable {
  /// Its id.
  public var id: Int
  /// Its name, without extension.
  public var fileName: String
  /// Part of the dataset.
  public var category: Studio.RawDataCategory
  /// Its label; empty for none.
  public var label: String
}

/// How names are compared.
public enum FileNameMatch: Sendable {
  /// The whole name, with or without its extension.
  case exact
  /// Anywhere in the name, as Studio's filter does.
  case contained

  func fits(_ wanted: String, _ name: String) -> Bool {
    switch self {
    case .contained: return name.contains(wanted)
    // Studio stores names without their extension.
    case .exact: return name == wanted || name == Self.stem(wanted)
    }
  }

  private static let extensions: Set<String> = [
    "json", "cbor", "csv", "wav", "jpg", "jpeg", "png", "mp4", "avi", "txt", "npy", "parquet",
  ]

  /// A name without the extension of a format that Studio takes. `wave.01` has none: taking `.01` off would hit `wave`.
  static func stem(_ name: String) -> String {
    guard let dot = name.lastIndex(of: "."), extensions.contains(name[name.index(after: dot)...].lowercased()) else {
      return name
    }
    return String(name[..<dot])
  }
}

extension StudioClient {
  /// Recordings read at a time.
  static let pageSize = 1000

  /// The recordings that a filter lets through, in Studio's order within a category.
  ///
  /// - Parameters:
  ///   - category: nil reads all categories one after the other.
  ///   - labels: Any of which fits; nil for all.
  ///   - fileName: Name to look for; nil for all.
  ///   - match: How names are compared. Default: the whole name.
  ///   - workers: Pages under way at a time. Default 4.
  public func sampleIDs(
    project: Int, fileName: String? = nil, match: FileNameMatch = .exact, category: Studio.RawDataCategory? = nil,
    labels: [String]? = nil, workers: Int = 4
  ) async throws(StudioError) -> [SampleInfo] {
    let categories = category.map { [$0] } ?? [.training, .testing, .validation, .postProcessing]
    // Studio's filter does not know the extension that it cut off.
    let stem = fileName.map { match == .exact ? FileNameMatch.stem($0) : $0 }
    let filter = SampleFilter(labels: labels, fileName: stem.flatMap { $0.isEmpty ? nil : $0 })
    var result: [SampleInfo] = []
    for category in categories {
      let samples = try await list(project, Studio.RawDataFilterCategory(rawValue: category.rawValue), filter, workers)
      for sample in samples where fileName.map({ match.fits($0, sample.filename) }) ?? true {
        result.append(
          SampleInfo(id: sample.id, fileName: sample.filename, category: sample.category, label: sample.label ?? ""))
      }
    }
    return result
  }

  private func list(
    _ project: Int, _ category: Studio.RawDataFilterCategory, _ filter: SampleFilter, _ workers: Int
  ) async throws(StudioError) -> [SampleNamesPage.Sample] {
    let count = try await sampleCount(project: project, category: category, filter: filter).count
    let pages = await BoundedTasks.run(Array(stride(from: 0, to: count, by: Self.pageSize)), workers: workers) {
      offset -> Result<[SampleNamesPage.Sample], StudioError> in
      do throws(StudioError) {
        var endpoint = Endpoint<SampleNamesPage>(
          .get, "/api/\(project)/raw-data",
          query: ["category": category, "limit": min(Self.pageSize, count - offset), "offset": offset])
        endpoint.query += try filter.query()
        let page = try await self.run(endpoint)
        return .success(page.samples)
      } catch {
        return .failure(error)
      }
    }
    var samples: [SampleNamesPage.Sample] = []
    for page in pages { samples += try page.get() }
    return samples
  }

  /// The name of a recording; nil when there is none with this id.
  public func fileName(project: Int, sample: Int) async throws(StudioError) -> String? {
    do throws(StudioError) {
      let endpoint = Endpoint<SampleContent>(
        .get, "/api/\(project)/raw-data/\(sample)", query: ["limitPayloadValues": 1])
      return try await run(endpoint).sample.filename
    } catch {
      if error.saysNoSuchSample { return nil }
      throw error
    }
  }

  /// Deletes a recording.
  ///
  /// - Returns: Whether there was one with this id.
  @discardableResult
  public func deleteSampleIfPresent(project: Int, sample: Int) async throws(StudioError) -> Bool {
    do throws(StudioError) {
      try await deleteSample(project: project, sample: sample)
      return true
    } catch {
      if error.saysNoSuchSample { return false }
      throw error
    }
  }

  /// Deletes the recordings with a name, one after the other.
  ///
  /// - Parameter match: Default: the whole name. `contained` deletes whatever holds the text.
  /// - Returns: Those that were deleted.
  public func deleteSamples(
    project: Int, fileName: String, match: FileNameMatch = .exact, category: Studio.RawDataCategory? = nil
  ) async throws(StudioError) -> [SampleInfo] {
    guard !fileName.isEmpty else {
      throw StudioError(.invalidRequest, "expected a file name, found an empty text")
    }
    var deleted: [SampleInfo] = []
    for sample in try await sampleIDs(project: project, fileName: fileName, match: match, category: category)
    where try await deleteSampleIfPresent(project: project, sample: sample.id) {
      deleted.append(sample)
    }
    return deleted
  }
}
