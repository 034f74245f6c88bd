import React from 'react';

export class Toast extends React.Component {
  state = { isShown: true };
  hideTimeout = undefined;

  componentDidUpdate() {
    clearTimeout(this.hideTimeout);
    this.hideTimeout = setTimeout(() => {
      this.setState({ isShown: false });
    }, 60_000);
  }

  componentWillUnmount() {
    clearTimeout(this.hideTimeout);
  }

  render() {
    return this.state.isShown ? <p>{this.props.text}</p> : undefined;
  }
}
