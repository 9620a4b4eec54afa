import Lessons

extension Pane {
  /// Whether it is the one that a lesson calls by a name.
  func isCalled(_ name: LessonPicture.Pane) -> Bool {
    switch name {
    case .samples: self is SamplesPane
    case .error: self is ErrorPane
    case .loss: self is LossPane
    case .setup: self is SetupPane
    }
  }
}

extension Page {
  /// The place of the pane that a lesson calls by a name.
  ///
  /// - Precondition: It is on the page.
  static func place(of name: LessonPicture.Pane) -> Int {
    guard let place = panes.firstIndex(where: { $0.isCalled(name) }) else {
      preconditionFailure("The page shows a run with all of its panes.")
    }
    return place
  }
}
