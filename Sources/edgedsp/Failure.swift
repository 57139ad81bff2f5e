import Datasets
import FeatureGeneration
import NumPyFiles
import ProcessingBlocks

/// An error as the command line shows it: a line for each problem, and a code from sysexits.h.
struct Failure {
  var message: String
  var code: Int32

  /// Codes of sysexits.h.
  enum Code {
    static let badData: Int32 = 65
    static let inputMissing: Int32 = 66
    static let cannotCreate: Int32 = 73
    static let cannotWrite: Int32 = 74
    static let configuration: Int32 = 78
  }

  /// Nil for errors that are not the engine's: wrong usage, help and version.
  init?(_ error: any Error) {
    message = "\(error)"
    switch error {
    case let error as DatasetErrors: code = Self.code(error.errors)
    case let error as DatasetError: code = Self.code([error])
    case let error as ImpulseError: code = error.isMissing ? Code.inputMissing : Code.configuration
    case is ConfigurationError, is ParameterFileError: code = Code.configuration
    case let error as OutputError:
      code = error.kind == .cannotCreate ? Code.cannotCreate : Code.cannotWrite
    case let error as NumPyError:
      switch error.reason {
      case .missing, .unreadable: code = Code.inputMissing
      case .malformed: code = Code.badData
      case .unwritable: code = Code.cannotWrite
      }
    default: return nil
    }
  }

  private static func code(_ errors: [DatasetError]) -> Int32 {
    // A whole input that is not there is 66; a file that lacks a piece, or is named and not there, is bad data.
    let missing = errors.allSatisfy { ($0.kind == .missing || $0.kind == .unreadable) && $0.position == .none }
    return missing ? Code.inputMissing : Code.badData
  }
}
