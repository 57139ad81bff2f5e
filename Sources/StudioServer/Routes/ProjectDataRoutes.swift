import Datasets
import FeatureGeneration
import Foundation
import Hummingbird
import StudioAPI

/// The project as a whole, and what its data is.
struct ProjectDataRoutes: RouteTopic {
  let services: Services

  func add(to routes: Routes) {
    let (services, project) = (services, services.project)
    routes.project(.get, "") { call in
      try call.checkImpulse(project)
      let address = call.request.baseAddress
      return Answer.json(
        try await services.engine.run { try Answer.encode(services.projectInformation(address: address)) })
    }
    routes.project(.get, "data-axes") { call in
      let entries = try Self.entries(project, call)
      return Answer.json(
        try await services.engine.run {
          // Milliseconds of data by axis.
          var lengths: [String: Double] = [:]
          for entry in entries {
            let description = SampleDescription(entry, services.engine.shelf.finding(entry), project: project)
            for sensor in description.sensors { lengths[sensor.name, default: 0] += description.lengthMs }
          }
          let counts = lengths.mapValues { Int(exactly: $0.rounded()) ?? .max }
          return try Answer.encode(Studio.ProjectDataAxesSummaryResponse(dataAxisSummary: counts))
        })
    }
    routes.project(.get, "data-summary") { call in
      let training = try Self.entries(project, call).filter { $0.category == .training }
      let labels = ClassLabels(training.map(\.label)).labels
      let isMulti = training.contains { if case .multi = $0.label { true } else { false } }
      return try Answer.json(
        Studio.ProjectTrainingDataSummaryResponse(
          dataSummary: .init(
            labels: labels, totalLabels: labels.count, dataCount: training.count,
            hasTimeseriesDataWithMultipleLabels: isMulti)))
    }
    routes.project(.get, "data-interval") { _ in
      Answer.json(try await services.engine.run { try Answer.encode(try services.recommendedInterval()) })
    }
    routes.project(.get, "devkeys") { _ in try Answer.json(Studio.DevelopmentKeysResponse()) }
    routes.project(.get, "socket-token") { _ in
      // There are no web sockets here: the token opens nothing.
      let token = String(UInt64.random(in: 0 ... .max), radix: 36)
      return try Answer.json(
        Studio.SocketTokenResponse(
          token: .init(socketToken: Secret(token), expires: Timestamp(Date(timeIntervalSinceNow: 3600)))))
    }
  }

  /// The recordings that a summary is of: disabled ones too, unless the call says otherwise.
  private static func entries(_ project: LocalProject, _ call: Call) throws(Refusal) -> [DatasetEntry] {
    let recordings = project.contents.recordings
    let includesDisabled = call.query("includeDisabled") == nil ? true : try call.flag("includeDisabled")
    return includesDisabled ? recordings.all : recordings.entries
  }
}

extension Services {
  /// The rate that most recordings have; of several, the highest.
  fileprivate func recommendedInterval() throws -> Studio.ProjectDataIntervalResponse {
    var counts: [Double: (count: Int, sensors: [Datasets.Sensor], rate: Double)] = [:]
    for entry in project.contents.recordings.entries {
      guard case .sound(let facts) = engine.shelf.finding(entry), facts.header.imageSize == nil, facts.rows > 1 else {
        continue
      }
      let header = facts.header
      counts[header.intervalMs, default: (0, header.sensors, header.frequencyHz)].count += 1
    }
    guard
      let best = counts.max(by: { ($0.value.count, -$0.key) < ($1.value.count, -$1.key) })
    else { throw Refusal("the project has no recordings with a rate") }
    return Studio.ProjectDataIntervalResponse(
      intervalMs: best.key, frequencyHz: best.value.rate,
      byDatastream: [
        Studio.ProjectDataIntervalResponseByDatastream(
          type: "time-series", intervalMs: best.key, frequencyHz: best.value.rate,
          sensors: best.value.sensors.map { .init(name: $0.name, units: $0.units) })
      ])
  }

  /// Amount of data of a category.
  private func summary(_ entries: [DatasetEntry]) -> Studio.ProjectDataSummary {
    let labels = ClassLabels(entries.map(\.label)).labels
    let length = entries.reduce(0.0) { $0 + SampleDescription($1, engine.shelf.finding($1), project: project).lengthMs }
    return Studio.ProjectDataSummary(
      totalLengthMs: length, labels: labels, totalLabels: labels.count, dataCount: entries.count)
  }

  private func value(_ summary: Studio.ProjectDataSummary) -> JSONValue {
    (try? JSONDecoder().decode(JSONValue.self, from: Answer.encode(summary))) ?? .object([:])
  }

  /// All that Studio tells of a project. What there is no such thing of here, such as a team, is empty.
  fileprivate func projectInformation(address: String) -> Studio.ProjectInfoResponse {
    let contents = project.contents
    let recordings = contents.recordings
    let interval = (try? recommendedInterval())?.intervalMs ?? 0
    let generated = contents.impulse.impulse.blocks.allSatisfy { isCurrent($0.id, .training, contents) == true }
    let start = Timestamp(project.started)
    let training = summary(recordings.entries(of: .training))
    return Studio.ProjectInfoResponse(
      project: project.studioProject, developmentKeys: .init(),
      impulse: .init(created: true, configured: true, complete: generated), devices: [],
      dataSummary: training,
      dataSummaryPerCategory: .init(
        training: training, testing: value(summary(recordings.entries(of: .testing))),
        validation: value(summary(recordings.entries(of: .validation))),
        postProcessing: value(summary(recordings.entries(of: .postProcessing))),
        anomaly: value(summary(recordings.entries(of: .anomaly)))),
      computeTime: .init(periodStartDate: start, periodEndDate: start, timeUsedMs: 0, timeLeftMs: 0),
      acquisitionSettings: .init(
        intervalMs: interval, lengthMs: 10_000, segmentShift: false, defaultPageSize: 50, viewType: "list",
        gridColumnCount: 4, gridColumnCountDetailed: 2, showExactSampleLength: false, inlineEditBoundingBoxes: false),
      collaborators: [],
      deploySettings: .init(
        eonCompiler: false, sensor: "unknown", arduinoLibraryName: "", tinkergenLibraryName: "",
        particleLibraryName: ""),
      experiments: [], latencyDevices: [], urls: .init(), showCreateFirstImpulse: false,
      showGettingStartedWizard: .init(showWizard: false, step: 0),
      performance: .init(gpu: false, jobLimitM: 0, dspFileSizeMb: 0, enterprisePerformance: false, trainJobRamMb: 0),
      trainJobNotificationUids: [], dspJobNotificationUids: [], modelTestingJobNotificationUids: [],
      exportJobNotificationUids: [], hasNewTrainingData: hasNewRecordings(contents), studioUrl: address,
      inPretrainedModelFlow: false,
      showSensorDataInAcquisitionGraph: true, notifications: [], defaultImpulseId: 1,
      autoSegmenterJobNotificationUids: [])
  }
}
