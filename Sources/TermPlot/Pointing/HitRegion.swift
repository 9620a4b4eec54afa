/// Something on a canvas that the mouse can act on; whoever draws it says what it is.
public protocol HitTarget: Sendable {}

/// A rectangle of a canvas, and what it stands for.
public struct HitRegion: Sendable {
  public var area: Rect
  public var target: any HitTarget
  /// Whose drawing it belongs to, as the caller numbers its parts; nil for none of them.
  public var owner: Int?
}

/// What widgets register of themselves.
public enum WidgetTarget: HitTarget {
  /// A row of a list, by its place among all its rows.
  case row(Int)
  /// A step of the selected row's value.
  case step(isUp: Bool)
  /// A series, by its name in the key of a plot.
  case series(String)
  /// The data of a plot.
  indirect case plot(PlacedPlot)
  /// A box that covers what is beneath it.
  case box
}

extension Canvas {
  /// Registers what the mouse can act on; what is registered later lies on top.
  public mutating func register(_ target: some HitTarget, in area: Rect) {
    let area = area.intersection(bounds)
    guard !area.isEmpty else { return }
    regions.append(HitRegion(area: area, target: target, owner: owner))
  }

  /// The plots that were drawn, in their order.
  public var plots: [PlacedPlot] { plots(of: nil) }

  /// The plots of one owner, or of all.
  public func plots(of owner: Int?) -> [PlacedPlot] {
    regions.compactMap { region in
      guard owner == nil || region.owner == owner,
        case .plot(let plot)? = region.target as? WidgetTarget
      else { return nil }
      return plot
    }
  }

  /// Says what is in the plot whose axes have just been drawn around some cells.
  mutating func describePlot(
    in inner: Rect, _ content: PlacedPlot.Content, names: [String] = []
  ) {
    guard let last = regions.indices.last,
      case .plot(var plot)? = regions[last].target as? WidgetTarget, plot.inner == inner
    else { return }
    plot.content = content
    for name in names where !name.isEmpty && !plot.seriesNames.contains(name) {
      plot.seriesNames.append(name)
    }
    regions[last].target = WidgetTarget.plot(plot)
  }
}
