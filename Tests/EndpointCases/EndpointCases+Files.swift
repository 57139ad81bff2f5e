import StudioAPI

private let binary = "application/octet-stream"

extension EndpointCase {
  /// Calls whose answers are files.
  package static let files: [EndpointCase] = [
    EndpointCase(file: "download_dsp_artifact", "GET /v1/api/7/dsp-data/3/artifact/a%2Fb%20c", type: binary) {
      try await $0.downloadArtifact(project: 7, block: 3, key: "a/b c", to: $1)
    },
    EndpointCase(file: "download_dsp_data", "GET /v1/api/7/dsp-data/3/x/training?raw=true", type: binary) {
      try await $0.downloadFeatures(project: 7, block: 3, category: .training, raw: true, to: $1)
    },
    EndpointCase(file: "download_dsp_labels", "GET /v1/api/7/dsp-data/3/y/testing", type: binary) {
      try await $0.downloadLabels(project: 7, block: 3, category: .testing, to: $1)
    },
    EndpointCase(file: "get_sample_as_raw", "GET /v1/api/7/raw-data/11/raw?datasetVersionId=4", type: binary) {
      try await $0.downloadRaw(project: 7, sample: 11, datasetVersion: 4, to: $1)
    },
    EndpointCase(
      file: "get_sample_as_audio",
      "GET /v1/api/7/raw-data/11/wav?axisIx=1&sliceStart=0&sliceEnd=5&cacheKey=k&datasetVersionId=4", type: "audio/wav"
    ) {
      try await $0.downloadAudio(
        project: 7, sample: 11, axis: 1, start: 0, end: 5, cacheKey: "k", datasetVersion: 4, to: $1)
    },
    EndpointCase(file: "raw_get_sample_wav", "GET /v1/api/7/raw-data/11/wav?axisIx=0", type: "audio/wav") {
      try await $0.downloadAudio(project: 7, sample: 11, to: $1)
    },
    EndpointCase(
      file: "get_sample_as_image",
      "GET /v1/api/7/raw-data/11/image?afterInputBlock=true&cacheKey=k&impulseId=2&datastreamIndex=0&datasetVersionId=4",
      type: "image/jpeg"
    ) {
      try await $0.downloadImage(
        project: 7, sample: 11, afterInputBlock: true, cacheKey: "k", impulse: 2, datastream: 0, datasetVersion: 4,
        to: $1)
    },
    EndpointCase(
      file: "get_sample_as_video",
      "GET /v1/api/7/raw-data/11/video?afterInputBlock=false&cacheKey=k&impulseId=2&datastreamIndex=0&datasetVersionId=4",
      type: "video/mp4"
    ) {
      try await $0.downloadVideo(
        project: 7, sample: 11, afterInputBlock: false, cacheKey: "k", impulse: 2, datastream: 0, datasetVersion: 4,
        to: $1)
    },
  ]
}
