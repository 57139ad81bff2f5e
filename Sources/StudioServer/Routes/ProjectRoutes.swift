import Foundation
import Hummingbird
import StudioAPI

/// What the project is.
struct ProjectRoutes: RouteTopic {
  let project: LocalProject

  func add(to routes: Routes) {
    let project = project
    routes.api(.get, "projects") { _ in
      try Answer.json(Studio.ListProjectsResponse(projects: [project.studioProject]))
    }
    routes.api(.get, "projects/api-key-info") { _ in
      try Answer.json(Studio.GetCurrentAPIKeyInfoResponse(apiKeyId: 1, projectId: project.id, role: .admin))
    }
    routes.project(.get, "public-info") { call in
      try Answer.json(
        Studio.ProjectInfoSummaryResponse(
          id: project.id, owner: LocalProject.owner, name: project.name,
          studioUrl: call.request.baseAddress, viewCount: 0, cloneCount: 0))
    }
    routes.project(.get, "last-modification") { _ in
      try Answer.json(Studio.LastModificationDateResponse(lastModificationDate: Timestamp(project.contents.modified)))
    }
  }
}

extension LocalProject {
  /// Stands where Studio names people.
  static let owner = "EdgeDSP"

  /// The project as Studio lists it.
  nonisolated var studioProject: Studio.Project {
    Studio.Project(
      id: id, name: name, description: "", created: Timestamp(started), owner: Self.owner,
      lastModified: Timestamp(contents.modified), ownerIsDeveloperProfile: false, collaborators: [],
      labelingMethod: .single_label, metadata: [:], isEnterpriseProject: false, whitelabelId: 1, tier: .free,
      hasPublicVersion: false, isPublic: false, allowsLivePublicAccess: false, indPauseProcessingSamples: false,
      publicProjectListed: false)
  }
}

extension Request {
  /// Under which the client found the server, e.g. `http://127.0.0.1:4800`.
  var baseAddress: String { "http://\(head.authority ?? "127.0.0.1")" }
}
