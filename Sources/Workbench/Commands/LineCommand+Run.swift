import Lessons
import ScoreLab
import TermPlot

/// Lines about the run that trains.
extension LineCommand {
  static let save = LineCommand(
    name: "save", argument: "[FOLDER]",
    title: "write configuration, edits, weights and losses into a folder",
    completions: { _ in [] },
    perform: { (state, argument) throws(LineError) in
      guard !state.run.isJudging else { throw LineError(message: LiveRun.untrained) }
      return state.save(in: argument.isEmpty ? nil : argument)
    })

  static let preset = LineCommand(
    name: "preset", argument: "NAME", title: "begin a run with the settings of a preset",
    completions: { $0.start.presets.map { Completion($0.name, $0.summary) } },
    perform: { (state, argument) throws(LineError) in
      guard !state.run.isJudging else { throw LineError(message: LiveRun.untrained) }
      guard let preset = state.presetShelf.library.preset(named: argument) else {
        throw state.unknown(argument, of: "presets", state.start.presets.map(\.name))
      }
      return state.begin(preset)
    })

  static let share = LineCommand(
    name: "share", argument: "",
    title: "show the run as one line, with its edits, for `scorefield CODE`",
    completions: { _ in [] },
    perform: { (state, argument) throws(LineError) in
      guard argument.isEmpty else { throw LineError(message: "share takes no word behind it") }
      guard let log = state.run.snapshot?.log else {
        throw LineError(message: "there is no run yet")
      }
      do throws(SharedRun.CodeTooLong) {
        state.notice = Notice(text: try SharedRun(log).code(), role: .accent)
      } catch {
        throw LineError(message: "\(error); :save writes it as run.yaml")
      }
      return []
    })

  static let layout = LineCommand(
    name: "layout", argument: "NAME", title: "how the panes of the live run share the screen",
    completions: { _ in LiveLayout.allCases.map { Completion($0.rawValue, $0.summary) } },
    perform: { (state, argument) throws(LineError) in
      guard let layout = LiveLayout(rawValue: argument) else {
        throw state.unknown(argument, of: "layouts", LiveLayout.allCases.map(\.rawValue))
      }
      state.setLayout(layout)
      return []
    })

  static let metrics = LineCommand(
    name: "metrics", argument: "NAMES",
    title: "the sample metrics below the samples, with commas between them; standard for the usual",
    completions: { _ in
      (["standard"] + SampleMetricsMeasurement.names).map { Completion($0) }
    },
    perform: { (state, argument) throws(LineError) in
      let names = argument.split(separator: ",").map(\.trimmed)
      let known = SampleMetricsMeasurement.names
      if names != ["standard"] {
        guard !names.isEmpty, names.allSatisfy(known.contains) else {
          let unknown = names.first { !known.contains($0) } ?? ""
          throw state.unknown(unknown, of: "metrics of the live run", known)
        }
      }
      state.live.metrics = names == ["standard"] ? nil : names
      state.live.showsMetrics = true
      return []
    })

  static let speed = LineCommand(
    name: "speed", argument: "N", title: "train at most N steps a second; full for no limit",
    completions: { _ in ["full", "1", "10", "100", "1000"].map { Completion($0) } },
    perform: { (state, argument) throws(LineError) in
      guard !state.run.isJudging else { throw LineError(message: LiveRun.untrained) }
      if argument == "full" { return state.setPace(.full) }
      guard let count = Int(argument), (1...1_000_000).contains(count) else {
        throw LineError(message: "speed takes full or a whole number from 1 to 1000000")
      }
      return state.setPace(.stepsPerSecond(count))
    })

  static let pauseAt = LineCommand(
    name: "pause_at", argument: "STEP", title: "pause at a step; never for no pause",
    completions: { _ in [Completion("never")] },
    perform: { (state, argument) throws(LineError) in
      guard !state.run.isJudging else { throw LineError(message: LiveRun.untrained) }
      if argument == "never" { return [.send(.pauseAt(step: nil))] }
      let step = state.run.snapshot?.step ?? 0
      guard let wanted = Int(argument), wanted > step else {
        throw LineError(message: "pause_at takes never or a step after \(grouped(step))")
      }
      return [.send(.pauseAt(step: wanted))]
    })
}
