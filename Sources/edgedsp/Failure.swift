import ArgumentParser
import Datasets
import FeatureGeneration
import NumPyFiles
import OutputFiles
import ProcessingBlocks
import StudioAPI
import StudioServer

/// An error as the command line shows it: a line for each problem, and a code from sysexits.h.
struct Failure {
  /// Without line breaks and other control characters.
  let lines: [String]
  let code: Int32

  /// Codes of sysexits.h.
  enum Code {
    static let usage: Int32 = 64
    static let badData: Int32 = 65
    static let inputMissing: Int32 = 66
    static let unavailable: Int32 = 69
    static let system: Int32 = 71
    static let cannotCreate: Int32 = 73
    static let cannotWrite: Int32 = 74
    static let notPermitted: Int32 = 77
    static let configuration: Int32 = 78
  }

  /// Nil for what is no failure (help, version) and for exit codes without a message.
  init?(_ error: any Error) {
    var messages = ["\(error)"]
    switch error {
    case let error as DatasetErrors:
      messages = error.errors.map(\.description)
      code = Self.code(error.errors)
    case let error as DatasetError:
      code = Self.code([error])
    case let error as ImpulseError:
      messages = error.problems.map { "\(error.file): \($0)" }
      code = Self.code(error.fileKind)
    case let error as ConfigurationError:
      messages = error.issues.map(\.description)
      code = Code.configuration
    case let error as ParameterFileError:
      code = Self.code(error.fileKind)
    case let error as BenchmarkFileError:
      code = error.isMissing ? Code.inputMissing : Code.badData
    case let error as OutputError:
      if error.kind == .exists { messages = ["\(error); use --overwrite to replace it"] }
      switch error.kind {
      case .writeFailed, .unsynced: code = Code.cannotWrite
      case .cannotCreate, .exists: code = Code.cannotCreate
      case .system: code = Code.system
      }
    case let error as NumPyError:
      switch error.reason {
      case .missing, .unreadable: code = Code.inputMissing
      case .system: code = Code.system
      case .malformed: code = Code.badData
      case .unwritable: code = Code.cannotWrite
      }
    case let error as StudioError:
      code = Self.code(error.kind)
    case let error as ServerError:
      code = error.kind == .address ? Code.unavailable : Code.usage
    case is UnknownBlockError:
      code = Code.usage
    default:
      guard EdgeDSP.exitCode(for: error) == .validationFailure else { return nil }
      messages = [Self.usageMessage(error)]
      code = Code.usage
    }
    let shown = messages.count > 30 ? messages.prefix(29) + ["… and \(messages.count - 29) more like these"] : messages
    lines = shown.map(Terminal.line)
  }

  private static func code(_ kind: StudioError.Kind) -> Int32 {
    switch kind {
    case .configuration, .redirected: Code.configuration
    case .unauthorized, .forbidden: Code.notPermitted
    case .unreachable, .interrupted, .timedOut, .cancelled, .limited, .server: Code.unavailable
    case .notFound: Code.inputMissing
    case .file: Code.cannotWrite
    case .invalidRequest, .refused, .status, .invalidAnswer, .truncated, .tooLarge: Code.badData
    }
  }

  /// What is wrong with the arguments, and which help explains them.
  ///
  /// The parser's own text repeats the whole usage, in which the one line that matters gets lost.
  private static func usageMessage(_ error: any Error) -> String {
    let message = EdgeDSP.message(for: error)
    let full = EdgeDSP.fullMessage(for: error)
    let help = full.split(separator: "'").last { $0.hasPrefix("edgedsp ") && $0.hasSuffix(" --help") }
    guard let help else { return message }
    if message.hasSuffix("?") { return "\(message) See `\(help)`" }
    return (message.hasSuffix(".") ? String(message.dropLast()) : message) + "; see `\(help)`"
  }

  /// Of a file with settings, by why its bytes cannot be had.
  private static func code(_ kind: DatasetError.Kind?) -> Int32 {
    switch kind {
    case .missing, .unreadable: Code.inputMissing
    case .system: Code.system
    case .malformed, .unsupported, nil: Code.configuration
    }
  }

  private static func code(_ errors: [DatasetError]) -> Int32 {
    if errors.contains(where: { $0.kind == .system }) { return Code.system }
    // A whole input that is not there is 66; a file that lacks a piece, or is named and not there, is bad data.
    let missing = errors.allSatisfy { ($0.kind == .missing || $0.kind == .unreadable) && $0.position == .none }
    return missing ? Code.inputMissing : Code.badData
  }
}
