extension StudioServer {
  /// All topics of the server. A new one is a file and a line here.
  static func topics(
    _ services: Services, _ configuration: Configuration
  ) -> [any RouteTopic] {
    [
      ProjectRoutes(project: services.project),
      ProjectDataRoutes(services: services),
      ImpulseRoutes(services: services),
      SampleRoutes(project: services.project, engine: services.engine),
      SampleDataRoutes(services: services),
      SampleEditingRoutes(services: services),
      DSPConfigurationRoutes(services: services),
      DSPFeatureRoutes(services: services),
      DSPRunRoutes(services: services),
      DSPDataRoutes(services: services),
      DSPAnalysisRoutes(services: services),
      JobRoutes(services: services),
      PageRoutes(),
      PageDataRoutes(services: services),
      IngestionRoutes(services: services),
    ]
  }
}
