/// Studio's list of samples: ids, labels and categories in the order in which Studio lays out X.
/// The answer of its list endpoint, or only the array in it.
struct SampleList: Decodable, Sendable {
  struct Sample: Sendable {
    let id: Int
    let filename: String
    let label: String
    let category: String
    let coldstorageFilename: String?
    let isDisabled: Bool
    let spans: [ListedSpan]
    let metadata: [String: String]?
    /// Where the recording is, relative to the dataset folder: only a local Studio writes it, together with all that
    /// it knows of the recording.
    let path: String?
    /// Parts of a picture; read only where there is a path.
    let boxes: [BoundingBox]

    /// How errors name the sample.
    var name: String { "sample \(id) (\(DatasetError.quoted(filename)))" }
  }

  /// The file's name in a dataset folder.
  static let fileName = "samples.json"

  let samples: [Sample]
  /// What Studio says when it did not give a list.
  let failure: String?

  init(path: String, file: String) throws(DatasetError) {
    let list = try JSONFile(path: path, name: file, sizeLimit: InfoLabels.sizeLimit).decode(SampleList.self)
    if let failure = list.failure {
      throw DatasetError(
        file: file, position: .entry("success"), expected: "a list of samples",
        found: "the answer \(DatasetError.quoted(failure))")
    }
    self = list
  }

  private enum CodingKeys: CodingKey { case success, error, samples }

  init(from decoder: any Decoder) throws {
    if let list = try? decoder.unkeyedContainer(), list.count != nil {
      samples = try [Sample](from: decoder)
      failure = nil
      return
    }
    let values = try decoder.container(keyedBy: CodingKeys.self)
    if try values.decodeIfPresent(Bool.self, forKey: .success) == false {
      samples = []
      failure = try values.decodeIfPresent(String.self, forKey: .error) ?? ""
    } else {
      samples = try values.decode([Sample].self, forKey: .samples)
      failure = nil
    }
  }
}

extension SampleList.Sample: Decodable {
  private enum CodingKeys: CodingKey {
    case id, filename, label, category, coldstorageFilename, isDisabled, structuredLabels, metadata, path
    case boundingBoxes
  }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    id = try values.decode(Int.self, forKey: .id)
    filename = try values.decode(String.self, forKey: .filename)
    label = try values.decodeIfPresent(String.self, forKey: .label) ?? ""
    category = try values.decode(String.self, forKey: .category)
    coldstorageFilename = try values.decodeIfPresent(String.self, forKey: .coldstorageFilename)
    isDisabled = try values.decodeIfPresent(Bool.self, forKey: .isDisabled) ?? false
    spans = try values.decodeIfPresent([ListedSpan].self, forKey: .structuredLabels) ?? []
    metadata = try values.decodeIfPresent([String: String].self, forKey: .metadata)
    path = try values.decodeIfPresent(String.self, forKey: .path)
    boxes = path == nil ? [] : try values.decodeIfPresent([BoundingBox].self, forKey: .boundingBoxes) ?? []
  }
}
