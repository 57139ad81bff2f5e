import StudioAPI

private let may = Timestamp(rawValue: "2024-05-01T00:00:00Z")
private let june = Timestamp(rawValue: "2024-06-01T00:00:00Z")

/// Every field but labels and name.
private let wholeFilter: SampleFilter = {
  var filter = SampleFilter()
  (filter.maxLength, filter.minLength, filter.minFrequency, filter.maxFrequency) = (9, 1, 62.5, 100)
  (filter.signatureValidity, filter.includeDisabled, filter.minLabel, filter.maxLabel) = ("both", "enabled", 0.5, 2)
  (filter.search, filter.dataType, filter.minID, filter.maxID, filter.metadata) = ("s", "d", 1, 2, "[]")
  (filter.minDate, filter.maxDate, filter.datasetVersion) = (may, june, 4)
  return filter
}()

extension EndpointCase {
  package static let samples: [EndpointCase] = [
    EndpointCase(
      "list_samples",
      "GET /v1/api/7/raw-data?category=training&limit=1000&offset=0"
        + "&labels=%5B%22a%20b%22%2C%22c%26d%2B%23%22%5D&filename=x%2By",
      answers: "ListSamplesResponse"
    ) {
      _ = try await $0.samples(
        project: 7, category: .training, filter: SampleFilter(labels: ["a b", "c&d+#"], fileName: "x+y"),
        limit: 1000, offset: 0)
    },
    EndpointCase(
      "list_samples, all",
      "GET /v1/api/7/raw-data?category=all&excludeSensors=true&truncateStructuredLabels=true&sortBy=id-asc"
        + "&proposedActionsJobId=8&maxLength=9"
        + "&minLength=1&minFrequency=62.5&maxFrequency=100&signatureValidity=both&includeDisabled=enabled&minLabel=0.5"
        + "&maxLabel=2&search=s&dataType=d&minId=1&maxId=2&metadata=%5B%5D&minDate=2024-05-01T00%3A00%3A00Z"
        + "&maxDate=2024-06-01T00%3A00%3A00Z&datasetVersionId=4",
      answers: "ListSamplesResponse"
    ) { client in
      _ = try await client.samples(
        project: 7, category: .all, filter: wholeFilter, excludesSensors: true, truncatesLabels: true,
        sortedBy: "id-asc",
        proposedActionsJob: 8)
    },
    EndpointCase("count_samples", "GET /v1/api/7/raw-data/count?category=testing", answers: "CountSamplesResponse") {
      _ = try await $0.sampleCount(project: 7, category: .testing)
    },
    EndpointCase(
      "count_samples, all",
      "GET /v1/api/7/raw-data/count?category=all&labels=%5B%22l%22%5D&filename=f&maxLength=9"
        + "&minLength=1&minFrequency=62.5&maxFrequency=100&signatureValidity=both&includeDisabled=enabled&minLabel=0.5"
        + "&maxLabel=2&search=s&dataType=d&minId=1&maxId=2&metadata=%5B%5D&minDate=2024-05-01T00%3A00%3A00Z"
        + "&maxDate=2024-06-01T00%3A00%3A00Z&datasetVersionId=4",
      answers: "CountSamplesResponse"
    ) { client in
      var filter = wholeFilter
      (filter.labels, filter.fileName) = (["l"], "f")
      _ = try await client.sampleCount(project: 7, category: .all, filter: filter)
    },
    EndpointCase(
      "get_sample",
      "GET /v1/api/7/raw-data/11?limitPayloadValues=0&cacheKey=k&impulseId=2&truncateStructuredLabels=true"
        + "&datasetVersionId=4&proposedActionsJobId=8",
      answers: "GetSampleResponse"
    ) {
      _ = try await $0.sample(
        project: 7, sample: 11, limit: 0, cacheKey: "k", impulse: 2, truncatesLabels: true, datasetVersion: 4,
        proposedActionsJob: 8)
    },
    EndpointCase(
      "get_sample_slice",
      "GET /v1/api/7/raw-data/11/slice?sliceStart=0&sliceEnd=5&impulseId=2&datastreamIndex=0"
        + "&truncateStructuredLabels=false&datasetVersionId=4",
      answers: "GetSampleDspResponse"
    ) {
      _ = try await $0.sampleSlice(
        project: 7, sample: 11, start: 0, end: 5, impulse: 2, datastream: 0, truncatesLabels: false, datasetVersion: 4)
    },
    EndpointCase("delete_sample", "DELETE /v1/api/7/raw-data/11", answers: "GenericApiResponse") {
      try await $0.deleteSample(project: 7, sample: 11)
    },
    EndpointCase("delete_all_samples", "POST /v1/api/7/raw-data/delete-all", answers: "GenericApiResponse") {
      try await $0.deleteAllSamples(project: 7)
    },
    EndpointCase(
      "delete_all_samples_by_category", "POST /v1/api/7/raw-data/delete-all/testing", answers: "GenericApiResponse"
    ) { try await $0.deleteAllSamples(project: 7, category: .testing) },
    EndpointCase(
      "get_sample_metadata", "GET /v1/api/7/raw-data/metadata?category=all", answers: "GetSampleMetadataResponse"
    ) { _ = try await $0.sampleMetadata(project: 7, category: .all) },
    EndpointCase(
      "set_sample_metadata", "POST /v1/api/7/raw-data/11/metadata", body: #"{"metadata":{"site":"desk"}}"#,
      answers: "GenericApiResponse"
    ) { try await $0.setSampleMetadata(project: 7, sample: 11, ["site": "desk"]) },
    EndpointCase(
      "rename_sample", "POST /v1/api/7/raw-data/11/rename", body: #"{"name":"n"}"#, answers: "GenericApiResponse"
    ) { try await $0.renameSample(project: 7, sample: 11, to: "n") },
    EndpointCase(
      "edit_label", "POST /v1/api/7/raw-data/11/edit-label", body: #"{"label":"l"}"#, answers: "GenericApiResponse"
    ) { try await $0.setSampleLabel(project: 7, sample: 11, "l") },
    EndpointCase(
      "move_sample", "POST /v1/api/7/raw-data/11/move", body: #"{"newCategory":"testing"}"#,
      answers: "GenericApiResponse"
    ) { try await $0.moveSample(project: 7, sample: 11, to: .testing) },
    EndpointCase("enable_sample", "POST /v1/api/7/raw-data/11/enable", answers: "GenericApiResponse") {
      try await $0.setSampleEnabled(project: 7, sample: 11, true)
    },
    EndpointCase("disable_sample", "POST /v1/api/7/raw-data/11/disable", answers: "GenericApiResponse") {
      try await $0.setSampleEnabled(project: 7, sample: 11, false)
    },
    EndpointCase(
      "set_sample_structured_labels", "POST /v1/api/7/raw-data/11/structured-labels",
      body: #"{"structuredLabels":[{"startIndex":0,"endIndex":4,"label":"a"}]}"#, answers: "GenericApiResponse"
    ) {
      try await $0.setStructuredLabels(
        project: 7, sample: 11, [Studio.StructuredLabel(startIndex: 0, endIndex: 4, label: "a")])
    },
  ]

  package static let jobs: [EndpointCase] = [
    EndpointCase(
      "generate_features_job", "POST /v1/api/7/jobs/generate-features",
      body: #"{"dspId":3,"calculateFeatureImportance":true,"skipFeatureExplorer":true,"normalizeData":"none"}"#,
      answers: "StartJobResponse"
    ) {
      _ = try await $0.generateFeatures(
        project: 7,
        Studio.GenerateFeaturesRequest(
          dspId: 3, calculateFeatureImportance: true, skipFeatureExplorer: true,
          normalizeData: Studio.DSPNormalizeData.none))
    },
    EndpointCase(
      "autotune_dsp_job", "POST /v1/api/7/jobs/autotune-dsp",
      body: #"{"dspId":3,"config":{"fft-length":"16"}}"#, answers: "StartJobResponse"
    ) {
      _ = try await $0.autotune(project: 7, Studio.AutotuneDSPRequest(dspId: 3, config: ["fft-length": "16"]))
    },
    EndpointCase("get_job_status", "GET /v1/api/7/jobs/5/status", answers: "GetJobResponse") {
      _ = try await $0.job(project: 7, job: 5)
    },
    EndpointCase("get_jobs_logs", "GET /v1/api/7/jobs/5/stdout?limit=9&logLevel=warn", answers: "LogStdoutResponse") {
      _ = try await $0.jobLog(project: 7, job: 5, limit: 9, level: "warn")
    },
    EndpointCase("list_active_jobs", "GET /v1/api/7/jobs?rootOnly=true", answers: "ListJobsResponse") {
      _ = try await $0.activeJobs(project: 7, rootOnly: true)
    },
    EndpointCase(
      "list_finished_jobs",
      "GET /v1/api/7/jobs/history?startDate=2024-05-01T00%3A00%3A00Z&endDate=2024-06-01T00%3A00%3A00Z&limit=1&offset=2"
        + "&rootOnly=false",
      answers: "ListJobsResponse"
    ) { _ = try await $0.finishedJobs(project: 7, from: may, to: june, limit: 1, offset: 2, rootOnly: false) },
    EndpointCase(
      "list_all_jobs",
      "GET /v1/api/7/jobs/all?startDate=2024-05-01T00%3A00%3A00Z&endDate=2024-06-01T00%3A00%3A00Z&limit=1&offset=2"
        + "&rootOnly=true&key=k&category=c&finished=f",
      answers: "ListJobsResponse"
    ) {
      _ = try await $0.allJobs(
        project: 7, from: may, to: june, limit: 1, offset: 2, rootOnly: true, key: "k", category: "c", finished: "f")
    },
    EndpointCase(
      "get_jobs_summary",
      "GET /v1/api/7/jobs/summary?startDate=2024-05-01T00%3A00%3A00Z&endDate=2024-06-01T00%3A00%3A00Z",
      answers: "JobSummaryResponse"
    ) {
      _ = try await $0.jobSummary(project: 7, from: may, to: june)
    },
    EndpointCase("cancel_job", "POST /v1/api/7/jobs/5/cancel?forceCancel=true", answers: "GenericApiResponse") {
      try await $0.cancelJob(project: 7, job: 5, force: "true")
    },
    EndpointCase(
      "get_profile_tflite_job_result", "GET /v1/api/7/jobs/profile-tflite/5/result", answers: "ProfileTfLiteResponse"
    ) { _ = try await $0.profilingResult(project: 7, job: 5) },
  ]
}
