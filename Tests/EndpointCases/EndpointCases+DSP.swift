import StudioAPI

extension EndpointCase {
  package static let dsp: [EndpointCase] = [
    EndpointCase("clear_dsp_block", "POST /v1/api/7/dsp/3/clear", answers: "GenericApiResponse") {
      try await $0.clearDSPBlock(project: 7, block: 3)
    },
    EndpointCase(
      "dsp_get_features_for_sample", "GET /v1/api/7/dsp/3/features/get-graph/classification/11",
      answers: "DspSampleFeaturesResponse"
    ) { _ = try await $0.features(project: 7, block: 3, sample: 11) },
    EndpointCase(
      "dsp_sample_trained_features",
      "GET /v1/api/7/dsp/3/features/get-graph/testing?featureAx1=0&featureAx2=1&featureAx3=2",
      answers: "DspTrainedFeaturesResponse"
    ) { _ = try await $0.trainedFeatures(project: 7, block: 3, category: .testing, axes: (0, 1, 2)) },
    EndpointCase(
      "get_autotuner_results", "GET /v1/api/7/dsp/3/get-autotuner-results", answers: "DspAutotunerResults"
    ) { _ = try await $0.autotunerResults(project: 7, block: 3) },
    EndpointCase("get_dsp_config", "GET /v1/api/7/dsp/3", answers: "DSPConfigResponse") {
      _ = try await $0.dspConfiguration(project: 7, block: 3)
    },
    EndpointCase(
      "get_dsp_feature_importance", "GET /v1/api/7/dsp/3/features/importance",
      answers: "DspFeatureImportanceResponse"
    ) { _ = try await $0.featureImportance(project: 7, block: 3) },
    EndpointCase(
      "get_dsp_feature_labels", "GET /v1/api/7/dsp/3/features/labels", answers: "DspFeatureLabelsResponse"
    ) { _ = try await $0.featureLabels(project: 7, block: 3) },
    EndpointCase("get_dsp_metadata", "GET /v1/api/7/dsp/3/metadata", answers: "DSPMetadataResponse") {
      _ = try await $0.dspMetadata(project: 7, block: 3)
    },
    EndpointCase(
      "get_dsp_metadata, all", "GET /v1/api/7/dsp/3/metadata?excludeIncludedSamples=true&category=post-processing",
      answers: "DSPMetadataResponse"
    ) { _ = try await $0.dspMetadata(project: 7, block: 3, leavesOutSamples: true, category: .postProcessing) },
    EndpointCase("get_dsp_raw_sample", "GET /v1/api/7/dsp/0/raw-data/11", answers: "GetSampleDspResponse") {
      _ = try await $0.dspRawSample(project: 7, block: 0, sample: 11)
    },
    EndpointCase(
      "get_dsp_raw_sample, all",
      "GET /v1/api/7/dsp/3/raw-data/11?limitPayloadValues=5&truncateStructuredLabels=false&useCachedUpsampledData=true",
      answers: "GetSampleDspResponse"
    ) {
      _ = try await $0.dspRawSample(
        project: 7, block: 3, sample: 11, limit: 5, truncatesLabels: false, usesCache: true)
    },
    EndpointCase(
      "get_dsp_sample_slice", "GET /v1/api/7/dsp/3/raw-data/11/slice?sliceStart=0", answers: "GetSampleDspResponse"
    ) { _ = try await $0.dspSampleSlice(project: 7, block: 3, sample: 11, start: 0) },
    EndpointCase(
      "get_dsp_sample_slice, all",
      "GET /v1/api/7/dsp/3/raw-data/11/slice?sliceStart=5&sliceEnd=9&truncateStructuredLabels=true",
      answers: "GetSampleDspResponse"
    ) {
      _ = try await $0.dspSampleSlice(project: 7, block: 3, sample: 11, start: 5, end: 9, truncatesLabels: true)
    },
    EndpointCase(
      "get_performance_all_variants", "GET /v1/api/7/dsp/3/performance",
      answers: "DspPerformanceAllVariantsResponse"
    ) { _ = try await $0.dspPerformance(project: 7, block: 3) },
    EndpointCase(
      "run_dsp_on_features_array", "POST /v1/api/7/dsp/3/run",
      body: #"{"features":[1,2.5,-0.1],"params":{"fft-length":"16"},"drawGraphs":true,"requestPerformance":false}"#,
      answers: "DspRunResponse"
    ) {
      _ = try await $0.runDSP(
        project: 7, block: 3, on: [1, 2.5, -0.1], parameters: ["fft-length": "16"], graphs: true)
    },
    EndpointCase(
      "run_dsp_sample_slice", "POST /v1/api/7/dsp/3/raw-data/11/slice/run?sliceStart=5&sliceEnd=9",
      body: #"{"params":{"do-log":"true"},"store":true}"#, answers: "DspRunResponseWithSample"
    ) {
      _ = try await $0.runDSP(
        project: 7, block: 3, sample: 11, start: 5, end: 9, parameters: ["do-log": "true"], storesParameters: true)
    },
    EndpointCase(
      "run_dsp_sample_slice_read_only", "GET /v1/api/7/dsp/3/raw-data/11/slice/run/readonly?sliceStart=0",
      answers: "DspRunResponseWithSample"
    ) { _ = try await $0.runDSPReadOnly(project: 7, block: 3, sample: 11, start: 0) },
    EndpointCase(
      "run_dsp_sample_slice_read_only, all",
      "GET /v1/api/7/dsp/3/raw-data/11/slice/run/readonly?sliceStart=5&sliceEnd=9", answers: "DspRunResponseWithSample"
    ) { _ = try await $0.runDSPReadOnly(project: 7, block: 3, sample: 11, start: 5, end: 9) },
    EndpointCase(
      "set_dsp_config", "POST /v1/api/7/dsp/3", body: #"{"config":{"fft-length":"64"}}"#,
      answers: "GenericApiResponse"
    ) { try await $0.setDSPConfiguration(project: 7, block: 3, ["fft-length": "64"]) },
    EndpointCase(
      "start_profile_custom_dsp_block", "POST /v1/api/7/dsp/3/profile", body: #"{"params":{"a":"b"}}"#,
      answers: "StartJobResponse"
    ) { _ = try await $0.profileCustomBlock(project: 7, block: 3, parameters: ["a": "b"]) },
  ]
}
