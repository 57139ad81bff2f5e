import Datasets
import Foundation
import Hummingbird
import StudioAPI

/// Changes of recordings. Each is on disk when it is answered.
struct SampleEditingRoutes: RouteTopic {
  let services: Services

  func add(to routes: Routes) {
    let (services, project) = (services, services.project)
    routes.project(.get, "raw-data/metadata") { call in
      let query = try SampleQuery(call)
      return Answer.json(
        try await services.engine.run {
          let found = project.contents.recordings.all.filter { query.includes($0) && !$0.metadata.isEmpty }
          return try Answer.encode(
            Studio.GetSampleMetadataResponse(
              metadata: found.map { Studio.SampleMetadata(id: $0.sampleID, metadata: $0.metadata) }))
        })
    }
    routes.project(.post, "raw-data/{sampleId}/metadata") { call in
      let request = try await call.json(Studio.SetSampleMetadataRequest.self)
      return try await Self.edit(project, call) { $0.metadata = request.metadata ?? [:] }
    }
    routes.project(.post, "raw-data/{sampleId}/rename") { call in
      let name = try await call.json(Studio.RenameSampleRequest.self).name
      guard !name.isEmpty, name.utf8.count <= 1024, !name.utf8.contains(0) else {
        throw Refusal("name must have 1 to 1024 bytes")
      }
      return try await Self.edit(project, call) { $0.name = name }
    }
    routes.project(.post, "raw-data/{sampleId}/edit-label") { call in
      let label = try await call.json(Studio.EditSampleLabelRequest.self).label ?? ""
      return try await Self.edit(project, call) { $0.label = label.isEmpty ? .unlabeled : .single(label) }
    }
    routes.project(.post, "raw-data/{sampleId}/structured-labels") { call in
      let labels = try await call.json(Studio.SetSampleStructuredLabelsRequest.self).structuredLabels
      let entry = try project.contents.recordings.entry(try call.id("sampleId"))
      let rows = try await services.engine.run { try services.engine.shelf.facts(entry).rows }
      let label = try Self.label(labels, rows: rows)
      return try await Self.edit(project, call) { $0.label = label }
    }
    routes.project(.post, "raw-data/{sampleId}/move") { call in
      let wanted = try await call.json(Studio.MoveRawDataRequest.self).newCategory.rawValue
      guard let category = Datasets.Category(rawValue: wanted), category != .split else {
        throw Refusal("Unknown category \"\(wanted)\"")
      }
      return try await Self.edit(project, call) { $0.category = category }
    }
    routes.project(.post, "raw-data/{sampleId}/enable") { call in
      try await Self.edit(project, call) { $0.isDisabled = false }
    }
    routes.project(.post, "raw-data/{sampleId}/disable") { call in
      try await Self.edit(project, call) { $0.isDisabled = true }
    }
    routes.project(.delete, "raw-data/{sampleId}") { call in
      try await project.remove([try call.id("sampleId")])
      return try Answer.success()
    }
    routes.project(.post, "raw-data/delete-all") { _ in
      try await project.remove(project.contents.recordings.all.map(\.sampleID))
      return try Answer.success()
    }
    routes.project(.post, "raw-data/delete-all/{category}") { call in
      let category = try call.category("category")
      try await project.remove(
        project.contents.recordings.all.filter { $0.category == category }.map(\.sampleID))
      return try Answer.success()
    }
  }

  private static func edit(
    _ project: LocalProject, _ call: Call, _ change: @Sendable (inout RegisteredRecording) throws -> Void
  ) async throws -> Response {
    try await project.edit(try call.id("sampleId"), change)
    return try Answer.success()
  }

  /// Labels of rows: together they must hold every row of the recording.
  private static func label(_ labels: [Studio.StructuredLabel], rows: Int) throws(Refusal) -> RecordingLabel {
    var next = 0
    for label in labels.sorted(by: { $0.startIndex < $1.startIndex }) {
      guard label.startIndex >= 0, label.endIndex >= label.startIndex, label.endIndex < rows else {
        throw Refusal("rows \(label.startIndex) to \(label.endIndex) are no rows of \(rows)")
      }
      guard label.startIndex <= next else { throw Refusal("rows \(next) to \(label.startIndex - 1) have no label") }
      next = max(next, label.endIndex + 1)
    }
    if next < rows { throw Refusal("rows \(next) to \(rows - 1) have no label") }
    let spans = LabelSpan.flattened(
      labels.map { LabelSpan(start: $0.startIndex, end: $0.endIndex, label: $0.label) })
    return spans.isEmpty ? .unlabeled : .multi(spans)
  }
}
