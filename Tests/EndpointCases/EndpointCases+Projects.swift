import StudioAPI

extension EndpointCase {
  package static let projects: [EndpointCase] = [
    EndpointCase("list_projects", "GET /v1/api/projects", answers: "ListProjectsResponse") {
      _ = try await $0.projects()
    },
    EndpointCase(
      "get_current_api_key_info", "GET /v1/api/projects/api-key-info", answers: "GetCurrentApiKeyInfoResponse"
    ) {
      _ = try await $0.currentKey()
    },
    EndpointCase(
      "get_project_info", "GET /v1/api/7?impulseId=2&truncateLabels=true&datasetVersionId=4",
      answers: "ProjectInfoResponse"
    ) { _ = try await $0.projectInfo(project: 7, impulse: 2, truncatesLabels: true, datasetVersion: 4) },
    EndpointCase("get_project_info_summary", "GET /v1/api/7/public-info", answers: "ProjectInfoSummaryResponse") {
      _ = try await $0.projectSummary(project: 7)
    },
    EndpointCase(
      "get_project_data_axes_summary",
      "GET /v1/api/7/data-axes?includeDisabled=true&includeNotProcessed=false&datasetVersionId=4",
      answers: "ProjectDataAxesSummaryResponse"
    ) {
      _ = try await $0.dataAxes(project: 7, includesDisabled: true, includesUnprocessed: false, datasetVersion: 4)
    },
    EndpointCase(
      "get_project_training_data_summary",
      "GET /v1/api/7/data-summary?includeDisabled=false&includeNotProcessed=true&datasetVersionId=4&truncateLabels=true",
      answers: "ProjectTrainingDataSummaryResponse"
    ) {
      _ = try await $0.dataSummary(
        project: 7, includesDisabled: false, includesUnprocessed: true, datasetVersion: 4, truncatesLabels: true)
    },
    EndpointCase(
      "get_project_last_modification_date", "GET /v1/api/7/last-modification", answers: "LastModificationDateResponse"
    ) { _ = try await $0.lastModification(project: 7) },
    EndpointCase(
      "get_project_recommended_data_interval", "GET /v1/api/7/data-interval?datasetVersionId=4",
      answers: "ProjectDataIntervalResponse"
    ) { _ = try await $0.recommendedInterval(project: 7, datasetVersion: 4) },
    EndpointCase("list_devkeys", "GET /v1/api/7/devkeys", answers: "DevelopmentKeysResponse") {
      _ = try await $0.developmentKeys(project: 7)
    },
    EndpointCase("get_socket_token", "GET /v1/api/7/socket-token", answers: "SocketTokenResponse") {
      _ = try await $0.socketToken(project: 7)
    },
  ]

  package static let impulses: [EndpointCase] = [
    EndpointCase("get_impulse", "GET /v1/api/7/impulse?impulseId=2", answers: "GetImpulseResponse") {
      _ = try await $0.impulse(project: 7, impulse: 2)
    },
    EndpointCase("get_impulse_all", "GET /v1/api/7/impulse/all?impulseId=2", answers: "GetImpulseResponse") {
      _ = try await $0.impulseWithAllBlocks(project: 7, impulse: 2)
    },
    EndpointCase("get_all_impulses", "GET /v1/api/7/impulses", answers: "GetAllImpulsesResponse") {
      _ = try await $0.impulses(project: 7)
    },
    EndpointCase("get_impulse_blocks", "GET /v1/api/7/impulse/blocks", answers: "GetImpulseBlocksResponse") {
      _ = try await $0.blockCatalogue(project: 7)
    },
    EndpointCase("DSP block list", "GET /v1/api/7/impulse", answers: "GetImpulseResponse") {
      _ = try await $0.dspBlocks(project: 7)
    },
    EndpointCase("get_new_block_id", "POST /v1/api/7/impulse/get-new-block-id", answers: "GetNewBlockIdResponse") {
      _ = try await $0.newBlockID(project: 7)
    },
    EndpointCase(
      "create_impulse", "POST /v1/api/7/impulse?impulseId=2",
      body: """
        {"name":"n","inputBlocks":[{"id":1,"type":"time-series","name":"i","title":"Input","axes":["accX"],
        "windowSizeMs":2000,"windowIncreaseMs":80,"frequencyHz":62.5,"padZeros":true}],
        "dspBlocks":[{"id":3,"type":"spectral-analysis","name":"s","axes":["accX"],"title":"S","input":1,
        "implementationVersion":4}],
        "learnBlocks":[{"id":4,"type":"keras","name":"c","dsp":[3],"title":"C"}],
        "postProcessingBlocks":[{"id":5,"type":"object-tracking","name":"p","title":"P","implementationVersion":1}],
        "type":"default","datasetVersionId":4}
        """, answers: "CreateImpulseResponse"
    ) { client in
      try await client.createImpulse(
        project: 7,
        Studio.CreateImpulseRequest(
          name: "n",
          inputBlocks: [
            Studio.ImpulseInputBlock(
              id: 1, type: .timeSeries, name: "i", title: "Input", axes: ["accX"], windowSizeMs: 2000,
              windowIncreaseMs: 80, frequencyHz: 62.5, padZeros: true)
          ],
          dspBlocks: [
            Studio.ImpulseDSPBlock(
              id: 3, type: "spectral-analysis", name: "s", axes: ["accX"], title: "S", input: 1,
              implementationVersion: 4)
          ], learnBlocks: [Studio.ImpulseLearnBlock(id: 4, type: .keras, name: "c", dsp: [3], title: "C")],
          postProcessingBlocks: [
            Studio.ImpulsePostProcessingBlock(
              id: 5, type: Studio.PostProcessingBlockType(rawValue: "object-tracking"), name: "p", title: "P",
              implementationVersion: 1)
          ], type: .default, datasetVersionId: 4),
        impulse: 2)
    },
    EndpointCase(
      "update_impulse", "POST /v1/api/7/impulse/update?impulseId=2",
      body: #"{"name":"m","tags":["a"],"type":"default"}"#,
      answers: "GenericApiResponse"
    ) {
      try await $0.updateImpulse(
        project: 7, Studio.UpdateImpulseRequest(name: "m", tags: ["a"], type: .default), impulse: 2)
    },
    EndpointCase("delete_impulse", "DELETE /v1/api/7/impulse?impulseId=2", answers: "GenericApiResponse") {
      try await $0.deleteImpulse(project: 7, impulse: 2)
    },
    EndpointCase(
      "verify_dsp_block_url", "POST /v1/api/7/verify-dsp-block/url", body: #"{"url":"https://a.b/c?d=e"}"#,
      answers: "VerifyDspBlockUrlResponse"
    ) { _ = try await $0.verifyBlock(project: 7, url: "https://a.b/c?d=e") },
  ]
}
