import Datasets
import FeatureGeneration
import Foundation
import Hummingbird
import StudioAPI

/// One recording: its description with values, slices, and its file.
struct SampleDataRoutes: RouteTopic {
  let services: Services

  func add(to routes: Routes) {
    let services = services
    routes.project(.get, "raw-data/{sampleId}") { call in
      let sample = try call.id("sampleId")
      try call.checkImpulse(services.project)
      let limit = try call.count("limitPayloadValues")
      return Answer.json(
        try await services.engine.run {
          let slice = try RecordingSlice(services, block: 0, sample: sample, start: nil, end: nil, limit: limit)
          let whole = try slice.response()
          return try Answer.encode(
            Studio.GetSampleResponse(
              sample: whole.sample, payload: whole.payload, totalPayloadLength: whole.totalPayloadLength,
              datastreamPayloads: [
                Studio.DatastreamPayload(
                  index: 0, payload: whole.payload, totalPayloadLength: whole.totalPayloadLength)
              ]))
        })
    }
    routes.project(.get, "raw-data/{sampleId}/slice") { call in
      let sample = try call.id("sampleId")
      try call.checkImpulse(services.project)
      let (start, end) = try call.slice()
      return Answer.json(
        try await services.engine.run {
          try Answer.encode(
            try RecordingSlice(services, block: 0, sample: sample, start: start, end: end).response())
        })
    }
    routes.project(.get, "raw-data/{sampleId}/raw") { call in
      let entry = try services.project.contents.recordings.entry(try call.id("sampleId"))
      return try await FileAnswer.response(
        entry.filePath, within: services.project.folder, type: Answer.arrayType, engine: services.engine)
    }
    routes.project(.get, "raw-data/{sampleId}/wav") { call in
      let entry = try services.project.contents.recordings.entry(try call.id("sampleId"))
      let axis = try call.integer("axisIx") ?? 0
      let (start, end) = (try call.integer("sliceStart"), try call.integer("sliceEnd"))
      let data = try await services.engine.run {
        let rows = try RecordingRows(entry, shelf: services.engine.shelf)
        return try WaveFile.data(rows, axis: axis, start: start ?? 0, end: end ?? rows.count)
      }
      return Answer.bytes(data, type: "audio/wav")
    }
    routes.project(.get, "raw-data/{sampleId}/image") { call in
      try call.checkImpulse(services.project)
      let entry = try services.project.contents.recordings.entry(try call.id("sampleId"))
      let facts = try await services.engine.run { try services.engine.shelf.facts(entry) }
      guard facts.header.imageSize != nil else { throw Refusal("Sample \(entry.sampleID) is no picture") }
      let blocks = services.project.contents.impulse.impulse.blocks
      if try call.flag("afterInputBlock"), let block = blocks.first(where: { $0.signalShape.image != nil }) {
        throw Refusal(
          "Pictures come as they were uploaded; dsp/\(block.id)/raw-data/\(entry.sampleID) has the resized pixels")
      }
      return try await FileAnswer.response(
        entry.filePath, within: services.project.folder, type: facts.format == "png" ? "image/png" : "image/jpeg",
        engine: services.engine)
    }
    routes.project(.get, "raw-data/{sampleId}/video") { call in
      let entry = try services.project.contents.recordings.entry(try call.id("sampleId"))
      throw Refusal("Sample \(entry.sampleID) is no video")
    }
  }
}
