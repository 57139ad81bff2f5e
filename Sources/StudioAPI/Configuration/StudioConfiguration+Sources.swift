import Foundation
import Glibc

extension StudioConfiguration {
  /// Settings as a configuration file holds them: a JSON object, every field optional.
  public struct Settings: Codable, Sendable, Equatable {
    /// A project's API key.
    public var apiKey: Secret?
    /// A user's token; used where there is no key.
    public var jwt: Secret?
    /// Base URL of the REST interface.
    public var apiEndpoint: String?
    /// Base URL of the ingestion service.
    public var ingestionEndpoint: String?

    /// Creates settings.
    public init(
      apiKey: Secret? = nil, jwt: Secret? = nil, apiEndpoint: String? = nil, ingestionEndpoint: String? = nil
    ) {
      self.apiKey = apiKey
      self.jwt = jwt
      self.apiEndpoint = apiEndpoint
      self.ingestionEndpoint = ingestionEndpoint
    }

    /// The variables `EI_API_KEY`, `EI_JWT`, `EI_API_ENDPOINT` and `EI_INGESTION_ENDPOINT`; empty ones count as unset.
    public init(environment: [String: String]) {
      func text(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
      self.init(
        apiKey: text("EI_API_KEY").map(Secret.init), jwt: text("EI_JWT").map(Secret.init),
        apiEndpoint: text("EI_API_ENDPOINT"), ingestionEndpoint: text("EI_INGESTION_ENDPOINT"))
    }

    /// Reads a configuration file.
    ///
    /// - Throws: `StudioError` of kind `configuration`: no regular file, more than 64 KiB, readable by anyone but its
    ///   owner (the mode must be 0600 or less), another user's, or not JSON. Its content is in no error.
    public init(file path: String) throws(StudioError) {
      let data = try Self.protectedContents(path)
      do {
        self = try StudioJSON.decode(Settings.self, from: data)
      } catch {
        throw StudioError(.configuration, "\(path): \(error.message)")
      }
    }

    private static func protectedContents(_ path: String) throws(StudioError) -> Data {
      func failure(_ reason: String) -> StudioError { StudioError(.configuration, "\(path): \(reason)") }
      let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
      guard descriptor >= 0 else { throw failure(String(cString: strerror(errno))) }
      defer { close(descriptor) }
      var status = stat()
      guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
        throw failure("expected a file")
      }
      guard status.st_mode & 0o177 == 0 else {
        let mode = String(status.st_mode & 0o777, radix: 8)
        throw failure("expected mode 0600 for a file with a key, found 0\(mode): run chmod 600")
      }
      guard status.st_uid == geteuid() else { throw failure("the file belongs to another user") }
      guard status.st_size <= 65_536 else { throw failure("expected at most 65536 bytes, found \(status.st_size)") }
      var bytes = [UInt8](repeating: 0, count: 65_536)
      let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      guard count >= 0 else { throw failure(String(cString: strerror(errno))) }
      return Data(bytes.prefix(count))
    }
  }

  /// Puts settings together: each field from the first source that has it. Flags come before the environment, the
  /// environment before the file.
  ///
  /// - Throws: `StudioError` of kind `configuration` when no source has a key or token.
  public init(_ sources: [Settings]) throws(StudioError) {
    // Key and token of one source belong together: a key from a file must not replace a token from a flag.
    guard let credential = sources.lazy.compactMap(\.credential).first else {
      throw StudioError(.configuration, "no API key: set EI_API_KEY or write one to the configuration file")
    }
    self.init(
      credential: credential,
      endpoint: sources.lazy.compactMap(\.apiEndpoint).first ?? Self.defaultEndpoint,
      ingestionEndpoint: sources.lazy.compactMap(\.ingestionEndpoint).first ?? Self.defaultIngestionEndpoint)
    try check()
  }
}

extension StudioConfiguration.Settings {
  fileprivate var credential: Credential? { apiKey.map(Credential.apiKey) ?? jwt.map(Credential.token) }
}
