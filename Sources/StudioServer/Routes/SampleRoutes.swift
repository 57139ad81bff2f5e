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
      let contents = project.contents
      return Answer.json(
        try await engine.run {
          let found = query.descriptions(contents, project, engine, page: (offset, limit))
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
  /// How many, in the query: 0 or more. A page of 0 is empty, and tells how many there are.
  func count(_ name: String) throws(Refusal) -> Int? {
    guard let value = try integer(name) else { return nil }
    if value < 0 { throw Refusal("\(name) must be 0 or more, not \(value)") }
    return value
  }
}

extension SampleQuery {
  /// What passes: so many from an offset on, and how many there are in all. Only what is asked for is read.
  func descriptions(
    _ contents: ProjectContents, _ project: LocalProject, _ engine: Engine, page: (offset: Int, limit: Int)
  ) -> (page: [SampleDescription], total: Int) {
    let entries = contents.recordings.all.filter {
      includes($0) && includes(isDisabled: contents.recordings.isDisabled($0.sampleID))
    }
    func describe(_ entry: DatasetEntry) -> SampleDescription {
      SampleDescription(
        entry, engine.shelf.finding(entry), project: project,
        isDisabled: contents.recordings.isDisabled(entry.sampleID))
    }
    if needsFacts {
      let all = entries.map(describe).filter(includes)
      return (Array(all.dropFirst(page.offset).prefix(page.limit)), all.count)
    }
    return (entries.dropFirst(page.offset).prefix(page.limit).map(describe), entries.count)
  }
}
