import React from 'react';

export class Editor extends React.Component<{ name: string }> {
  componentDidMount() {
    window.addEventListener('keydown', this.onKeyDown);
  }

  private onKeyDown = (event: KeyboardEvent) => {
    this.setState({ key: event.key });
  };

  render() {
    return <div>{this.props.name}</div>;
  }
}
