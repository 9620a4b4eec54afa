import ScoreClaims
import ScoreLab
import TermPlot

/// A rectangle of the workbench that draws part of the state and offers commands.
///
/// A pane holds no state and does no work: it reads ``WorkbenchState`` and writes cells.
protocol Pane: Sendable {
  var title: String { get }
  /// What it shows, in sentences for somebody who sees it for the first time.
  var explanation: String { get }
  /// What can be done in it: its letters work from every pane, its other keys where it has the
  /// focus.
  var commands: [Command] { get }
  /// What help says of the digit that focuses it.
  var focusTitle: String { get }
  /// What the footer says of that digit.
  var focusHint: Hint? { get }
  /// A few words next to the title, such as what the plot shows at the moment.
  func note(_ state: WorkbenchState) -> String
  /// The measurements that it draws now; what no pane on screen draws is not computed.
  func measurements(_ state: WorkbenchState) -> [any Measurement.Type]
  /// The particle that these measurements are to follow, if one was put down.
  func placedParticle(_ state: WorkbenchState) -> PlacedParticle?
  /// The sample metrics that these measurements are to be of, by name; nil for the standard ones.
  func sampleMetrics(_ state: WorkbenchState) -> [String]?
  /// Whether it draws plots, which can be looked at from closer.
  var hasPlots: Bool { get }
  /// What keys look closer at in the first plot, in its axes' values; nil for the middle.
  func focalPoint(_ state: WorkbenchState) -> (x: Double, y: Double)?
  /// What it shows as a table; nil leaves it to its plots.
  func table(_ state: WorkbenchState) -> ReportTable?
  /// What it shows now, a sentence or a few each; nil leaves it to its plots.
  func words(_ state: WorkbenchState) -> [String]?
  func draw(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect)
}

extension Pane {
  var commands: [Command] { [] }
  var focusTitle: String { "focus \(title)" }
  var focusHint: Hint? { nil }
  var hasPlots: Bool { false }
  func measurements(_ state: WorkbenchState) -> [any Measurement.Type] { [] }
  func placedParticle(_ state: WorkbenchState) -> PlacedParticle? { nil }
  func sampleMetrics(_ state: WorkbenchState) -> [String]? { nil }
  func focalPoint(_ state: WorkbenchState) -> (x: Double, y: Double)? { nil }
  func table(_ state: WorkbenchState) -> ReportTable? { nil }
  func words(_ state: WorkbenchState) -> [String]? { nil }
}
