import Datasets
import Foundation
import Hummingbird
import StudioAPI

/// Recordings: list and count.
struct SampleRoutes: RouteTopic {
  let project: LocalProject
  let engine: Engine

  func add(to routes: Routes) {
    let (project, engine) = (project, engine)
    routes.project(.get, "raw-data") { call in
      let query = try SampleQuery(call)
      let offset = try call.count("offset") ?? 0
      let limit = try call.count("limit") ?? .max
      let excludesSensors = try call.flag("excludeSensors")
      let isRising = try call.isRising()
      let contents = project.contents
      return Answer.json(
        try await engine.run {
          let found = query.descriptions(contents, project, engine, page: (offset, limit), isRising: isRising)
          let samples = found.page.map { description in
            var sample = description.sample
            if excludesSensors { sample.sensors = [] }
            return sample
          }
          return try Answer.encode(Studio.ListSamplesResponse(samples: samples, totalCount: found.total))
        })
    }
    routes.project(.get, "raw-data/count") { call in
      let query = try SampleQuery(call)
      let contents = project.contents
      let count = try await engine.run { query.descriptions(contents, project, engine, page: (0, 0)).total }
      return try Answer.json(Studio.CountSamplesResponse(count: count))
    }
  }
}

extension Call {
  /// Whether the smallest id comes first. Studio's own order has the newest first.
  fileprivate func isRising() throws(Refusal) -> Bool {
    switch query("sortBy") {
    case nil, "id-desc": return false
    case "id-asc": return true
    case let other?: throw Refusal("sortBy must be id-desc or id-asc, not \"\(other)\"")
    }
  }
}

extension SampleQuery {
  /// What passes, by falling or rising ids: so many from an offset on, and how many there are in all. Only what is
  /// asked for is read.
  func descriptions(
    _ contents: ProjectContents, _ project: LocalProject, _ engine: Engine, page: (offset: Int, limit: Int),
    isRising: Bool = false
  ) -> (page: [SampleDescription], total: Int) {
    let all = contents.recordings.all
    // By their places: entries are large, and there may be many.
    let places = (isRising ? Array(all.indices.reversed()) : Array(all.indices)).filter {
      includes(all[$0]) && includes(isDisabled: contents.recordings.isDisabled(all[$0].sampleID))
    }
    func describe(_ entry: DatasetEntry) -> SampleDescription {
      SampleDescription(
        entry, engine.shelf.finding(entry), project: project,
        isDisabled: contents.recordings.isDisabled(entry.sampleID))
    }
    if needsFacts {
      let all = places.map { describe(all[$0]) }.filter(includes)
      return (Array(all.dropFirst(page.offset).prefix(page.limit)), all.count)
    }
    return (places.dropFirst(page.offset).prefix(page.limit).map { describe(all[$0]) }, places.count)
  }
}
