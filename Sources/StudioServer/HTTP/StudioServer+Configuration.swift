import Foundation
import StudioAPI

extension StudioServer {
  /// What is served, where, and within which limits.
  public struct Configuration: Sendable {
    /// The dataset folder.
    public var dataset: String
    /// The impulse file. Changes of the configuration are written into it.
    public var impulseFile: String
    /// Studio's list of samples. Default: `samples.json` in the dataset folder, if there is one.
    public var samplesFile: String?
    /// Address to listen at. Default: loopback, so that nobody else can connect.
    public var host = "127.0.0.1"
    /// Port to listen at; 0 for any that is free. Default: 4800.
    public var port = 4800
    /// What requests must prove that they know; nil for nothing. Needed for other addresses than loopback.
    public var apiKey: Secret?
    /// Refuses everything that would change the dataset or the impulse. Default: false.
    public var isReadOnly = false
    /// Id of the one project. Default: 1.
    public var projectID = 1
    /// Threads for features. Default: one a core.
    public var threads = ProcessInfo.processInfo.activeProcessorCount
    /// How much a request may ask for.
    public var limits = Limits()
    /// Whether SIGTERM, SIGINT and SIGHUP end `run`. Default: true.
    public var handlesSignals = true

    /// The defaults for a dataset folder and an impulse file.
    public init(dataset: String, impulseFile: String) {
      self.dataset = dataset
      self.impulseFile = impulseFile
    }
  }

  /// What a request may ask for. What goes beyond is answered with 408, 413, 429 or 503 and says why.
  public struct Limits: Sendable {
    /// Bytes of a JSON body. Default: 32 MiB.
    public var jsonBytes = 32 << 20
    /// Depth of arrays and objects in a JSON body. Default: 64.
    public var jsonDepth = 64
    /// Bytes of one uploaded file. Default: 100 MiB, as in Studio.
    public var fileBytes = 100 << 20
    /// Bytes of one upload request. Default: 1 GiB.
    public var uploadBytes = 1 << 30
    /// Parts of a multipart body. Default: 1000, as in Studio.
    public var uploadParts = 1000
    /// Bytes of all header fields together. Default: 32 KiB.
    public var headerBytes = 32 << 10
    /// Header fields of a request. Default: 100.
    public var headerFields = 100
    /// Requests that are worked on, or whose answers are being sent, at one time; more are answered with 503. Default:
    /// 256.
    public var concurrentRequests = 256
    /// Bytes of the bodies of all of them that are kept in memory; more are answered with 503. Label files of uploads
    /// count, recordings do not: they go to disk in pieces. Default: 256 MiB.
    public var concurrentBodyBytes = 256 << 20
    /// Seconds from a connection's start to the end of its first request's head. Default: 10.
    public var headSeconds = 10.0
    /// Seconds in which at least 4 KiB of a body must arrive, or its end; and in which 64 KiB of an answer must go, or its
    /// end. Default: 20.
    public var bodySeconds = 20.0
    /// Seconds from an answer's end, once it has gone, to the end of the next request's head. Default: 60.
    public var idleSeconds = 60.0

    /// The defaults.
    public init() {}
  }
}

extension StudioServer {
  /// Whether only this machine can connect to an address.
  static func isLoopback(_ host: String) -> Bool {
    if host == "localhost" || host == "::1" { return true }
    // A name may begin with 127 as well, and lead anywhere.
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }
}

extension StudioServer.Configuration {
  /// - Throws: `ServerError` for settings that would let anybody in.
  func check() throws(ServerError) {
    if !StudioServer.isLoopback(host) && apiKey == nil {
      throw ServerError(
        "the address \(host) can be reached by others, so an API key is needed (--api-key, or EDGEDSP_API_KEY)")
    }
    if apiKey?.value.isEmpty == true { throw ServerError("the API key must not be empty") }
    guard (0...65_535).contains(port) else { throw ServerError("port \(port): must be from 0 to 65535") }
    guard projectID > 0 else { throw ServerError("project id \(projectID): must be above 0") }
  }
}

/// Why the server cannot be started as asked.
public struct ServerError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is at fault.
  public enum Kind: Sendable {
    /// Settings that make no sense, or are not safe.
    case settings
    /// The address cannot be listened at.
    case address
  }

  /// What is at fault.
  public var kind: Kind
  /// In words.
  public var description: String

  /// Creates an error; of settings unless said otherwise.
  public init(_ description: String, kind: Kind = .settings) {
    self.description = description
    self.kind = kind
  }
}
