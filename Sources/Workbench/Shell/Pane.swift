public import ScoreLab
public import TermPlot

/// A rectangle of the workbench that draws part of the state and offers keys.
///
/// A pane holds no state and does no work: it reads ``WorkbenchState`` and writes cells.
public protocol Pane: Sendable {
  var title: String { get }
  var keyBindings: [KeyBinding] { get }
  /// A few words beside the title, such as what the plot shows at the moment.
  func note(_ state: WorkbenchState) -> String
  /// The measurements that it draws now; what no pane on screen draws is not computed.
  func measurements(_ state: WorkbenchState) -> [any Measurement.Type]
  func draw(_ state: WorkbenchState, into canvas: inout Canvas, in area: Rect)
}

extension Pane {
  public func measurements(_ state: WorkbenchState) -> [any Measurement.Type] { [] }
}

/// Every pane, in the order of the digit keys.
public enum PaneCatalog {
  public static let all: [any Pane] = [SetupPane(), LossPane(), ErrorPane(), SamplesPane()]
}
