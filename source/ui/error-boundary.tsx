// A component that catches an error of the components inside before Ink would print its stack; when the state changes, they are drawn
// again.
import {Component, type ReactNode} from 'react';

type Props = {
  readonly state: unknown;
  readonly onError: (error: unknown) => void;
  readonly children: ReactNode;
};
type State = {readonly failed: boolean; readonly at: unknown};

export class ErrorBoundary extends Component<Props, State> {
  override state: State = {failed: false, at: undefined};

  static getDerivedStateFromError(): Partial<State> {
    return {failed: true};
  }

  static getDerivedStateFromProps({state}: Props, {at}: State): State | null {
    return state === at ? null : {failed: false, at: state};
  }

  override componentDidCatch(error: unknown): void {
    this.props.onError(error);
  }

  override render(): ReactNode {
    return this.state.failed ? null : this.props.children;
  }
}
