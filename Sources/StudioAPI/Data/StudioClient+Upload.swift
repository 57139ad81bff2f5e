import Datasets
import Foundation
import Glibc
import OutputFiles
import Synchronization

extension StudioClient {
  /// Uploads recordings, one request each.
  ///
  /// A recording that fails does not stop the others, unless the key is refused: then nothing more is sent. Recordings
  /// are never sent twice, but where duplicates are refused by the server; one that is refused as a duplicate of such a
  /// lost attempt counts as a success, without an id.
  public func upload(_ samples: [UploadSample], options: UploadOptions = UploadOptions()) async -> UploadReport {
    let refusal = Mutex<StudioError?>(nil)
    let results = await BoundedTasks.run(
      Array(samples.enumerated()), workers: options.workers, progress: options.progress
    ) { item -> Result<Studio.IngestedFile, StudioError> in
      if let error = refusal.withLock({ $0 }) { return .failure(error) }
      do throws(StudioError) {
        return .success(try await self.ingest(item.element, options))
      } catch {
        if error.kind == .unauthorized { refusal.withLock { $0 = error } }
        return .failure(error)
      }
    }
    var report = UploadReport()
    for (index, result) in results.enumerated() {
      let name = samples[index].fileName
      switch result {
      case .success(let file):
        report.successes.append(
          UploadReport.Success(index: index, fileName: name, sampleID: file.sampleId, projectID: file.projectId))
      case .failure(let error):
        report.failures.append(UploadReport.Failure(index: index, fileName: name, error: error))
      }
    }
    return report
  }

  private func ingest(
    _ sample: UploadSample, _ options: UploadOptions
  ) async throws(StudioError) -> Studio.IngestedFile {
    if Task.isCancelled { throw StudioError(.cancelled, "cancelled before it was sent") }
    let body = MultipartBody(try sample.parts())
    let headers = try sample.headers(source: configuration.uploadSource, allowsDuplicates: options.allowsDuplicates)
    if let data = try body.inMemory() {
      return try await ingest(sample, headers, .bytes(data, contentType: body.contentType), options)
    }
    let path = NSTemporaryDirectory() + ".edgedsp-" + UploadSample.randomName(".upload")
    _ = UnfinishedOutput.make(path, by: { true })
    defer {
      unlink(path)
      UnfinishedOutput.remove(path)
    }
    try body.write(to: path)
    return try await ingest(sample, headers, .file(path, contentType: body.contentType), options)
  }

  /// Studio's words for a recording that it has already.
  private static func saysDuplicate(_ message: String) -> Bool {
    message.lowercased().contains("already exists")
  }

  private func ingest(
    _ sample: UploadSample, _ headers: [(name: String, value: String)],
    _ body: Endpoint<Studio.IngestionResponse>.Body, _ options: UploadOptions
  ) async throws(StudioError) -> Studio.IngestedFile {
    let endpoint = Endpoint<Studio.IngestionResponse>(
      .post, "/api/\(sample.category.rawValue)/files", headers: headers, body: body, accept: "*/*",
      base: .ingestion, isIdempotent: !options.allowsDuplicates)
    return try await repeating(endpoint) { attempt throws(StudioError) in
      let answer = try await self.send(endpoint, sink: .memory(limit: 1 << 20), limit: nil)
      try self.checkJSON(answer, endpoint)
      let response: Studio.IngestionResponse
      do throws(StudioJSON.Fault) {
        response = try StudioJSON.decode(Studio.IngestionResponse.self, from: answer.body)
      } catch {
        throw self.error(.invalidAnswer, error.message, endpoint, status: answer.status)
      }
      guard let file = response.files?.first else {
        let message = response.error ?? "the answer names no files"
        if attempt > 1 && Self.saysDuplicate(message) { return Studio.IngestedFile(success: true) }
        throw self.error(response.success == false ? .refused : .invalidAnswer, message, endpoint, status: 200)
      }
      guard file.success == true else {
        let message = file.error ?? response.error ?? "Studio gave no reason"
        // An attempt whose answer was lost may have been taken.
        if attempt > 1 && Self.saysDuplicate(message) { return Studio.IngestedFile(success: true) }
        throw self.error(.refused, message, endpoint, status: 200)
      }
      return file
    }
  }
}

extension UploadSample {
  /// The parts of the request: the recording, and its labels for ranges of rows.
  func parts() throws(StudioError) -> [MultipartBody.Part] {
    var parts: [MultipartBody.Part]
    switch content {
    // The ingestion service looks at the bytes; these types are what it is used to.
    case .bytes(let data):
      parts = [.init(fileName: fileName, contentType: "multipart/form-data", content: .bytes(data))]
    case .file(let path):
      parts = [.init(fileName: fileName, contentType: "multipart/form-data", content: .file(path))]
    case .acquisition(let data):
      parts = [.init(fileName: fileName, contentType: "application/cbor", content: .bytes(data))]
    }
    if !structuredLabels.isEmpty {
      let document = StructuredLabelDocument(structuredLabels: [fileName: structuredLabels])
      let data = try UploadSample.json(document)
      parts.append(
        .init(fileName: "structured_labels.labels", contentType: "application/json", content: .bytes(data)))
    }
    return parts
  }

  /// The headers of the request, but for the key.
  func headers(source: String, allowsDuplicates: Bool) throws(StudioError) -> [(name: String, value: String)] {
    var headers = [(name: "x-upload-source", value: source)]
    if !allowsDuplicates { headers.append(("x-disallow-duplicates", "1")) }
    if let label, !label.isEmpty { headers.append(("x-label", UploadSample.headerText(label))) }
    if !boundingBoxes.isEmpty { headers.append(("x-bounding-boxes", try UploadSample.headerJSON(boundingBoxes))) }
    if !metadata.isEmpty { headers.append(("x-metadata", try UploadSample.headerJSON(metadata))) }
    return headers
  }

  /// Plain text where a header can carry it, else percent-encoded, which the ingestion service undoes.
  private static func headerText(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "%") }
    return isPlain && text.first != " " && text.last != " " ? text : PercentEncoding.encoded(text)
  }

  /// JSON in ASCII.
  private static func headerJSON(_ value: some Encodable) throws(StudioError) -> String {
    var text = ""
    for unit in String(decoding: try json(value), as: UTF8.self).utf16 {
      if unit < 0x7F, let scalar = Unicode.Scalar(unit) {
        text.unicodeScalars.append(scalar)
      } else {
        let digits = String(unit, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
    return text
  }

  private static func json(_ value: some Encodable) throws(StudioError) -> Data {
    do {
      return try StudioJSON.encode(value)
    } catch {
      throw StudioError(.invalidRequest, "labels, boxes or metadata cannot be written as JSON")
    }
  }
}

private struct StructuredLabelDocument: Encodable {
  var version = 1
  var type = "structured-labels"
  var structuredLabels: [String: [Studio.StructuredLabel]]
}
