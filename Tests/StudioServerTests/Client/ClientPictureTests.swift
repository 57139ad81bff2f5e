// Pictures over our own client: an impulse with an image block, and a dataset of nothing but pictures, which are uploaded
// first. Features, arrays and pixels must be those that the engine makes of the same files without a server.
import Datasets
import Foundation
import StudioAPI
import Testing

@testable import StudioServer

struct ClientPictureTests {
  /// An impulse for pictures, and no recordings yet.
  private static func prepare(_ configuration: inout StudioServer.Configuration) throws {
    for folder in ["training", "testing"] {
      let path = "\(configuration.dataset)/\(folder)"
      for name in try FileManager.default.contentsOfDirectory(atPath: path) {
        try FileManager.default.removeItem(atPath: "\(path)/\(name)")
      }
    }
    try Data(
      """
      {"impulse": {"id": 1, "name": "Pictures", "type": "default", "inputBlocks": [{"id": 1, "type": "image",
      "name": "i", "title": "i", "imageWidth": 6, "imageHeight": 5, "resizeMode": "squash",
      "resizeMethod": "nearest"}], "dspBlocks": [{"id": 2, "type": "image", "name": "Image", "title": "Image",
      "axes": ["image"], "implementationVersion": 1, "input": 1}], "learnBlocks": [], "postProcessingBlocks": []},
      "dspBlockConfigs": [{"blockId": 2, "config": {"channels": "RGB"}}]}
      """.utf8
    ).write(to: URL(filePath: configuration.impulseFile))
  }

  @Test func picturesGiveTheEnginesFeatures() async throws {
    try await LiveStudio.run(prepare: Self.prepare) { live in
      let (client, project) = (live.client, live.project)
      let none = await live.failure {
        _ = try await client.generateFeatures(project: project, Studio.GenerateFeaturesRequest(dspId: 2))
      }
      #expect(none?.kind == .refused && none?.message == "the dataset has no recordings")
      let report = await client.upload(
        try ["444.jpg", "grey1.png"].map { name in
          UploadSample(
            .bytes(try UploadFixture.picture(name)), fileName: name, category: .training, label: "l\(name.count)")
        }, options: UploadOptions(workers: 1))
      let ids = report.successes.compactMap(\.sampleID)
      #expect(report.success && ids.count == 2, "\(report.failures)")
      for id in ids {
        let features = try await client.features(project: project, block: 2, sample: id).data
        let windows = try await live.windows(2, id)
        #expect(features.map(\.x) == windows.map { $0.features.map(Double.init) } && features.count == 1)
        let run = try await client.runDSPReadOnly(project: project, block: 2, sample: id, start: 0)
        #expect(run.features == features[0].x && run.features.count == 6 * 5 * 3)
        let raw = try await client.dspRawSample(project: project, block: 2, sample: id)
        // A picture begins with its width and its height.
        let again = try await client.runDSP(
          project: project, block: 2, on: [6, 5] + raw.payload.values.flatMap { $0 }, parameters: [:])
        #expect(raw.totalPayloadLength == 30 && again.features == run.features)
      }
      try await live.generate(2)
      let (file, wanted) = ("\(live.scratch)/X.npy", try await live.generated(2, .training))
      for (raw, name) in [(false, "X.npy"), (true, "X_raw.npy")] {
        try await client.downloadFeatures(project: project, block: 2, category: .training, raw: raw, to: file)
        let (found, bytes) = (try Data(contentsOf: URL(filePath: file)), try wanted.bytes(name))
        #expect(firstDifference(found, bytes) == nil, "\(name)")
      }
      let resized = await live.failure {
        try await client.downloadImage(project: project, sample: ids[0], afterInputBlock: true, to: file)
      }
      #expect(
        resized?.message
          == "Pictures come as they were uploaded; dsp/2/raw-data/\(ids[0]) has the resized pixels")
      let whole = try await client.downloadImage(project: project, sample: ids[0], afterInputBlock: false, to: file)
      let (bytes, picture) = (try Data(contentsOf: URL(filePath: file)), try UploadFixture.picture("444.jpg"))
      #expect(firstDifference(bytes, picture) == nil && whole.contentType == "image/jpeg")
    }
  }
}
