extension StudioServer {
  /// All topics of the server. A new one is a file and a line here.
  static func topics(
    _ project: LocalProject, _ engine: Engine, _ configuration: Configuration
  ) -> [any RouteTopic] {
    [
      ProjectRoutes(project: project),
      ImpulseRoutes(project: project),
      SampleRoutes(project: project, engine: engine),
      PageRoutes(),
      PageDataRoutes(project: project, engine: engine),
    ]
  }
}
