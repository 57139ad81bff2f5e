import Datasets
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import OutputFiles
import StudioAPI

/// Uploads: `/api/{category}/files` with any number of files, and `/api/{category}/data` with one as the body.
///
/// Both answer 200 once all is on disk. A request that makes no sense as a whole gets 400, as does at `/data` what cannot
/// be registered, a label file that was broken by hand for example; `/files` tells that in its answer. One beyond a limit 413, one
/// without a name that it needs 421, and 403 where nothing may be changed; a full disk gives 503. Such a request leaves
/// nothing behind.
struct IngestionRoutes: RouteTopic {
  private let ingestion: Ingestion
  private var project: LocalProject { ingestion.project }

  /// Bytes that are gathered before a thread takes them.
  private static let pieceBytes = 256 << 10

  init(services: Services) {
    ingestion = Ingestion(project: services.project, hashes: services.engine.shelf.hashes)
  }

  func add(to routes: Routes) {
    routes.root(.post, "api/{category}/files") { call in
      let settings = try UploadSettings(category: call.text("category"), headers: call.request.headers)
      let outcomes = try await upload(call, settings, boundary: try Self.boundary(call.request.headers), fileName: nil)
      let files = outcomes.map { Studio.IngestedFile($0, project: project.id) }
      return try Answer.json(
        Studio.IngestionResponse(
          success: files.allSatisfy { $0.success == true }, error: files.compactMap(\.error).first, files: files))
    }
    routes.root(.post, "api/{category}/data") { call in
      let settings = try UploadSettings(category: call.text("category"), headers: call.request.headers)
      guard let fileName = settings.fileName else {
        throw Refusal(.misdirectedRequest, "the header x-file-name is missing")
      }
      let outcomes: [Ingestion.Outcome]
      do {
        outcomes = try await upload(call, settings, boundary: nil, fileName: fileName)
      } catch {
        // With 200 the text of an answer is the stored name.
        if let refusal = Refusal(error), refusal.status == .ok { throw Refusal(.badRequest, refusal.message) }
        throw error
      }
      guard case .taken(_, let name)? = outcomes.first else {
        if case .refused(let reason, _)? = outcomes.first { throw Refusal(.badRequest, reason) }
        throw Refusal(.badRequest, "the body is no recording")
      }
      return Answer.bytes(Data(name.utf8), type: "text/plain; charset=utf-8")
    }
  }

  /// Takes the body in, then its files, and leaves no temporary file.
  private func upload(
    _ call: Call, _ settings: UploadSettings, boundary: String?, fileName: String?
  ) async throws -> [Ingestion.Outcome] {
    if project.isReadOnly { throw Refusal(.forbidden, "this server is read-only (--read-only)") }
    let (limits, ingestion, dataset) = (call.limits, ingestion, project.folder)
    if let length = call.request.headers[.contentLength].flatMap({ Int($0) }), length > limits.uploadBytes {
      throw Refusal(.contentTooLarge, "the body has \(length) bytes, and \(limits.uploadBytes) is the most")
    }
    if let fileName, LabelDocuments.isLabelFile(UploadName(fileName).original) {
      throw Refusal(.badRequest, "\(UploadName(fileName).original) is a label file, and comes with recordings only")
    }
    do {
      let folder = try await ingestion.run { try StagingFolder(in: dataset) }
      do {
        let intake = try await ingestion.run {
          try UploadIntake(
            folder: folder, boundary: boundary, fileName: fileName, limits: limits, slot: call.slot)
        }
        var gathered = ByteBuffer()
        for try await var piece in call.request.body {
          gathered.writeBuffer(&piece)
          if gathered.readableBytes < Self.pieceBytes { continue }
          let full = gathered
          gathered = ByteBuffer()
          try await ingestion.run { try intake.take(full) }
        }
        let last = gathered
        try await ingestion.run {
          try intake.take(last)
          try intake.finish()
        }
        let outcomes = try await ingestion.accept(intake, settings)
        try await ingestion.run { folder.remove() }
        return outcomes
      } catch {
        try await ingestion.run { folder.remove() }
        throw error
      }
    } catch let error as OutputError {
      // The client can do nothing about the disk but try again.
      throw Refusal(.serviceUnavailable, "\(error)")
    }
  }

  private static func boundary(_ headers: HTTPFields) throws(Refusal) -> String {
    let field = HeaderText(headers[.contentType] ?? "")
    guard field.value == "multipart/form-data" else {
      throw Refusal(.badRequest, "Content-Type must be multipart/form-data, not \"\(field.value.prefix(60))\"")
    }
    guard let boundary = field.parameters["boundary"], (1...200).contains(boundary.utf8.count) else {
      throw Refusal(.badRequest, "Content-Type names no boundary of 1 to 200 bytes")
    }
    return boundary
  }
}

extension Studio.IngestedFile {
  fileprivate init(_ outcome: Ingestion.Outcome, project: Int) {
    switch outcome {
    case .taken(let id, let name):
      self.init(success: true, sampleId: id, projectId: project, fileName: name)
    case .refused(let reason, let name):
      self.init(success: false, error: reason, fileName: name)
    }
  }
}
