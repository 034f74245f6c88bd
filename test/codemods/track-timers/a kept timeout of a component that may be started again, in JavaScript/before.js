import { Component } from 'react';

export class Header extends Component {
  onClick() {
    this.clicks = (this.clicks || 0) + 1;
    if (this.clicks > 1) {
      this.props.onToggle();
    } else {
      this.clickTimer = setTimeout(() => this.clicks = 0, 500);
    }
  }

  componentWillUnmount() {
    clearTimeout(this.resizeTimer);
  }

  onResize() {
    clearTimeout(this.resizeTimer);
    this.resizeTimer = setTimeout(() => this.props.onResize(), 100);
  }
}
