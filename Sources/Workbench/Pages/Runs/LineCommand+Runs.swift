import RunDatabase
import ScoreLab
import TermPlot

/// Lines about the selected run of the page of the runs.
extension LineCommand {
  static let filterRuns = LineCommand(
    name: "filter", argument: "[WORDS]",
    title: "on the runs page, only runs with these words; Esc shows all",
    completions: { _ in [] },
    perform: { (state, argument) throws(LineError) in
      try state.needRunsPage("filter")
      state.runsPage.filter = argument
      return []
    })

  static let renameRun = LineCommand(
    name: "rename", argument: "NAME", title: "another name for the selected run",
    completions: { _ in [] },
    perform: { (state, argument) throws(LineError) in
      let run = try state.selectedRun("rename")
      if let problem = RunName.problem(argument) { throw LineError(message: problem) }
      return [.library(.rename(run.id, argument))]
    })

  static let tagRun = LineCommand(
    name: "tag", argument: "[WORDS]", title: "these tags for the selected run, none without words",
    completions: { _ in [] },
    perform: { (state, argument) throws(LineError) in
      let run = try state.selectedRun("tag")
      let tags = argument.split(separator: " ").map(String.init)
      for tag in tags {
        if let problem = RunName.problem(tag: tag) { throw LineError(message: problem) }
      }
      return [.library(.tag(run.id, Set(tags).sorted()))]
    })

  static let noteRun = LineCommand(
    name: "note", argument: "[TEXT]", title: "a note on the selected run, none without text",
    completions: { _ in [] },
    perform: { (state, argument) throws(LineError) in
      let run = try state.selectedRun("note")
      guard argument.utf8.count <= RunName.longestNote else {
        throw LineError(message: "a note has at most \(RunName.longestNote) bytes")
      }
      return [.library(.note(run.id, argument))]
    })

  static let branchRun = LineCommand(
    name: "branch", argument: "STEP [KEY=VALUE ...]",
    title: "resume the selected run from a step, with these values changed",
    completions: { _ in [] },
    perform: { (state, argument) throws(LineError) in
      let run = try state.selectedRun("branch")
      let words = argument.split(separator: " ").map(String.init)
      guard let first = words.first, let step = Int(first), step >= 0 else {
        throw LineError(message: "branch takes a step, such as branch \(run.steps / 2)")
      }
      let changes = Array(words.dropFirst())
      guard changes.allSatisfy({ $0.contains("=") }) else {
        throw LineError(
          message: "behind the step stands KEY=VALUE, such as optimizer.learning_rate=0.001")
      }
      let effects = state.leavePage()
      state.notice = Notice(
        text: "\(run.name) is resumed from step \(grouped(step)) as a branch; u goes back",
        role: .accent)
      return effects + [.send(.branch(run.id, executedStep: step, changes: changes))]
    })
}

extension WorkbenchState {
  fileprivate func needRunsPage(_ word: String) throws(LineError) {
    guard page == .runs else {
      throw LineError(message: "\(word) is for the page of the runs; o opens it")
    }
  }

  fileprivate func selectedRun(_ word: String) throws(LineError) -> RunSummary {
    try needRunsPage(word)
    guard let run = listedRuns.selected else { throw LineError(message: "there is no run") }
    return run
  }
}
