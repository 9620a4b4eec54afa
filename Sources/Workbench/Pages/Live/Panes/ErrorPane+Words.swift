import Glibc
import NumberFormatting
import ScoreCore
import ScoreLab
import TermPlot

extension Pane {
  /// A click on the plot of all levels chooses the nearest one; their times are those of the errors where
  /// none are given.
  func registerLevels(into canvas: inout Canvas, in inner: Rect, times known: [Double]? = nil) {
    guard let plot = canvas.plots.last(where: { $0.inner == inner }) else { return }
    let action = PointerAction(isDraggable: true) { state, event in
      let times = known ?? state.run.snapshot?.probe?.levels.map(\.time) ?? []
      let time = plot.value(column: event.x, row: event.y).x
      let nearest = times.indices.min {
        abs(log(times[$0] / time)) < abs(log(times[$1] / time))
      }
      if let nearest { state.showLevel(nearest) }
      return []
    }
    canvas.register(PointerTarget.action(action), in: inner)
  }
}

extension ErrorPane {
  func words(_ state: WorkbenchState) -> [String]? {
    switch state.live.errorView {
    case .parts: return partWords(state)
    case .bound: return boundWords(state)
    case .dimension: return dimensionWords(state)
    case .collapse: return collapseWords(state)
    case .refine: return refineWords(state)
    case .pixels: return pixelWords(state)
    case .noisyDistribution, .ownSamples, .shells: break
    }
    guard let levels = state.run.snapshot?.probe?.levels, let level = shown(state) else {
      return nil
    }
    let delta = state.run.configuration.probe.delta
    let number = min(state.live.levelIndex, levels.count - 1) + 1
    let numbers = numbers(level, delta: delta).map(\.text).joined(separator: ", ")
    let middle = NumberText.short(Double(level.errors[level.errors.count / 2]))
    var words = [
      "Error at noise level \(number) of \(levels.count), time "
        + "\(NumberText.short(level.time, digits: 2)): \(numbers); half of the "
        + "\(grouped(level.errors.count)) points have an error below \(middle)."
    ]
    if let course = Course.words(levels.map(\.l2)) {
      words.append("From the least noise to the most, L2 \(course).")
    }
    return words
  }
}
