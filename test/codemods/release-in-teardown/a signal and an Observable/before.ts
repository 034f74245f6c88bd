import { Observable } from 'rxjs';

export function ask(url: string, init?: RequestInit): Observable<Response> {
  return new Observable<Response>((subscriber) => {
    const controller = new AbortController();
    const abort = () => controller.abort();
    if (init?.signal) {
      init.signal.addEventListener('abort', abort);
    }
    void fetch(url, { ...init, signal: controller.signal }).then((response) => {
      subscriber.next(response);
      subscriber.complete();
    });

    return () => {
      controller.abort();
    };
  });
}
