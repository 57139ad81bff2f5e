import Foundation
import Hummingbird
import StudioAPI

/// The impulse.
struct ImpulseRoutes: RouteTopic {
  let project: LocalProject

  func add(to routes: Routes) {
    let project = project
    for path in ["impulse", "impulse/all"] {
      routes.project(.get, path) { _ in
        try Answer.json(Studio.GetImpulseResponse(impulse: try project.contents.impulse.studioImpulse()))
      }
    }
    routes.project(.get, "impulses") { _ in
      try Answer.json(
        Studio.GetAllImpulsesResponse(impulses: [try project.contents.impulse.studioImpulse()], maxImpulseCount: 1))
    }
  }
}
