extension StudioClient {
  // MARK: Configuration

  /// The parameters of a processing block, in groups, with the state of its features.
  public func dspConfiguration(project: Int, block: Int) async throws(StudioError) -> Studio.DSPConfigResponse {
    try await run(Endpoint(.get, "/api/\(project)/dsp/\(block)"))
  }

  /// Changes parameters of a processing block; those that are absent keep their value.
  ///
  /// - Parameter parameters: By Studio's keys; all values are text, such as `true` and `0.5`.
  @discardableResult
  public func setDSPConfiguration(
    project: Int, block: Int, _ parameters: [String: String]
  ) async throws(StudioError) -> Studio.GenericAPIResponse {
    try await run(
      Endpoint(
        .post, "/api/\(project)/dsp/\(block)", json: Studio.DSPConfigRequest(config: parameters), isIdempotent: true))
  }

  /// Removes the generated features of a processing block.
  @discardableResult
  public func clearDSPBlock(project: Int, block: Int) async throws(StudioError) -> Studio.GenericAPIResponse {
    try await run(Endpoint(.post, "/api/\(project)/dsp/\(block)/clear", isIdempotent: true))
  }

  /// What the autotuner suggests.
  public func autotunerResults(project: Int, block: Int) async throws(StudioError) -> Studio.DSPAutotunerResults {
    try await run(Endpoint(.get, "/api/\(project)/dsp/\(block)/get-autotuner-results"))
  }

  /// Estimated latency and memory of a processing block on each processor.
  public func dspPerformance(
    project: Int, block: Int
  ) async throws(StudioError) -> Studio.DSPPerformanceAllVariantsResponse {
    try await run(Endpoint(.get, "/api/\(project)/dsp/\(block)/performance"))
  }

  /// Starts profiling a custom block.
  public func profileCustomBlock(
    project: Int, block: Int, parameters: [String: String]
  ) async throws(StudioError) -> Studio.StartJobResponse {
    try await run(
      Endpoint(
        .post, "/api/\(project)/dsp/\(block)/profile",
        json: Studio.DSPRunRequestWithoutFeaturesReadOnly(params: parameters)))
  }

  // MARK: Runs

  /// Runs a block on values of one window.
  ///
  /// - Parameters:
  ///   - values: Axes interleaved per time step; all finite.
  ///   - parameters: By Studio's keys; all values are text.
  ///   - graphs: Whether the answer holds graphs.
  ///   - performance: Whether the answer holds latency and memory.
  public func runDSP(
    project: Int, block: Int, on values: [Double], parameters: [String: String], graphs: Bool = false,
    performance: Bool = false
  ) async throws(StudioError) -> Studio.DSPRunResponse {
    try await run(
      Endpoint(
        .post, "/api/\(project)/dsp/\(block)/run",
        json: Studio.DSPRunRequestWithFeatures(
          features: values, params: parameters, drawGraphs: graphs, requestPerformance: performance),
        isIdempotent: true))
  }

  /// Runs a block on a slice of a recording.
  ///
  /// - Parameters:
  ///   - start: First row.
  ///   - end: Row after the last; nil means one window.
  ///   - storesParameters: Whether the parameters become the block's configuration.
  public func runDSP(
    project: Int, block: Int, sample: Int, start: Int, end: Int? = nil, parameters: [String: String],
    storesParameters: Bool
  ) async throws(StudioError) -> Studio.DSPRunResponseWithSample {
    try await run(
      Endpoint(
        .post, "/api/\(project)/dsp/\(block)/raw-data/\(sample)/slice/run",
        query: ["sliceStart": start, "sliceEnd": end],
        json: Studio.DSPRunRequestWithoutFeatures(params: parameters, store: storesParameters), isIdempotent: true))
  }

  /// Runs a block with its stored configuration on a slice of a recording; changes nothing.
  ///
  /// - Parameters:
  ///   - start: First row.
  ///   - end: Row after the last; nil means one window.
  public func runDSPReadOnly(
    project: Int, block: Int, sample: Int, start: Int, end: Int? = nil
  ) async throws(StudioError) -> Studio.DSPRunResponseWithSample {
    try await run(
      Endpoint(
        .get, "/api/\(project)/dsp/\(block)/raw-data/\(sample)/slice/run/readonly",
        query: ["sliceStart": start, "sliceEnd": end]))
  }
}
