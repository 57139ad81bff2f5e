/// A value of a JSON file, or why it is none: one bad entry of a list leaves the others readable.
struct Tolerant<Value: Decodable>: Decodable {
  let result: Result<Value, DecodingError>

  init(from decoder: any Decoder) throws {
    do {
      result = .success(try Value(from: decoder))
    } catch let error as DecodingError {
      result = .failure(error)
    } catch {
      // Foundation has an error of its own for numbers that do not fit their type.
      result = .failure(
        .dataCorrupted(
          DecodingError.Context(
            codingPath: decoder.codingPath, debugDescription: "a number that is not whole, or too large")))
    }
  }

  /// The value.
  /// - Throws: `DatasetError` with the entry's path.
  func value(in file: JSONFile) throws(DatasetError) -> Value {
    switch result {
    case .success(let value): return value
    case .failure(let error): throw file.translated(error)
    }
  }
}

extension Tolerant: Sendable where Value: Sendable {}
