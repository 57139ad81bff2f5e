extension StudioClient {
  /// The impulse of a project; `impulse` is nil in the answer where there is none.
  ///
  /// - Parameter impulse: Id of one of several impulses; nil for the default.
  public func impulse(project: Int, impulse: Int? = nil) async throws(StudioError) -> Studio.GetImpulseResponse {
    try await run(Endpoint(.get, "/api/\(project)/impulse", query: ["impulseId": impulse]))
  }

  /// The impulse with blocks of all versions.
  public func impulseWithAllBlocks(
    project: Int, impulse: Int? = nil
  ) async throws(StudioError) -> Studio.GetImpulseResponse {
    try await run(Endpoint(.get, "/api/\(project)/impulse/all", query: ["impulseId": impulse]))
  }

  /// All impulses of a project.
  public func impulses(project: Int) async throws(StudioError) -> Studio.GetAllImpulsesResponse {
    try await run(Endpoint(.get, "/api/\(project)/impulses"))
  }

  /// The kinds of blocks that can be added to an impulse.
  public func blockCatalogue(project: Int) async throws(StudioError) -> Studio.GetImpulseBlocksResponse {
    try await run(Endpoint(.get, "/api/\(project)/impulse/blocks"))
  }

  /// The processing blocks of the project's impulse; empty where there is no impulse.
  public func dspBlocks(project: Int, impulse: Int? = nil) async throws(StudioError) -> [Studio.ImpulseDSPBlock] {
    try await self.impulse(project: project, impulse: impulse).impulse?.dspBlocks ?? []
  }

  /// An id for a new block.
  public func newBlockID(project: Int) async throws(StudioError) -> Studio.GetNewBlockIdResponse {
    try await run(Endpoint(.post, "/api/\(project)/impulse/get-new-block-id"))
  }

  /// Creates the impulse, or replaces its blocks. Features of blocks that change are lost.
  @discardableResult
  public func createImpulse(
    project: Int, _ content: Studio.CreateImpulseRequest, impulse: Int? = nil
  ) async throws(StudioError) -> Studio.CreateImpulseResponse {
    try await run(Endpoint(.post, "/api/\(project)/impulse", query: ["impulseId": impulse], json: content))
  }

  /// Changes the name, tags or type of an impulse.
  @discardableResult
  public func updateImpulse(
    project: Int, _ content: Studio.UpdateImpulseRequest, impulse: Int? = nil
  ) async throws(StudioError) -> Studio.GenericAPIResponse {
    try await run(
      Endpoint(
        .post, "/api/\(project)/impulse/update", query: ["impulseId": impulse], json: content, isIdempotent: true))
  }

  /// Deletes the impulse with all its blocks.
  @discardableResult
  public func deleteImpulse(project: Int, impulse: Int? = nil) async throws(StudioError) -> Studio.GenericAPIResponse {
    try await run(Endpoint(.delete, "/api/\(project)/impulse", query: ["impulseId": impulse]))
  }

  /// Asks a custom block at an address what it is.
  public func verifyBlock(project: Int, url: String) async throws(StudioError) -> Studio.VerifyDSPBlockURLResponse {
    try await run(
      Endpoint(
        .post, "/api/\(project)/verify-dsp-block/url", json: Studio.VerifyDSPBlockURLRequest(url: url),
        isIdempotent: true))
  }
}
